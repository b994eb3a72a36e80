package io.halcyon.check.tcp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code tcp}. */
@Component(service = HealthCheckFactory.class)
public final class TcpCheckFactory implements HealthCheckFactory<TcpKeys> {

    @Override
    public String type() {
        return "tcp";
    }

    @Override
    public Class<TcpKeys> parameters() {
        return TcpKeys.class;
    }

    @Override
    public HealthCheck create(String name, TcpKeys keys) {
        var target = named("connect.ip", keys.connect_ip(), () -> Endpoint.of(keys.connect_ip(), keys.connect_port()));
        var send = named("send", keys.send(), () -> PercentText.decode(keys.send()));
        var expect = named("expect", keys.expect(), () -> PercentText.decode(keys.expect()));
        if (send.length > 0 && expect.length == 0) {
            throw refused("expect", "", "the answer to what is sent, since there is send");
        }
        return new TcpCheck(target, send, expect);
    }

    private static <T> T named(String key, String value, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw refused(key, value, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException refused(String key, String value, String allowed) {
        return new IllegalArgumentException(key + " = " + value + " is refused: allowed is " + allowed);
    }
}
