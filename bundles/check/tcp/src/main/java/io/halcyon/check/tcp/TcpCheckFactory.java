package io.halcyon.check.tcp;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.spi.check.Source;
import io.halcyon.tls.TlsKeys;
import io.halcyon.tls.TlsOptions;
import org.jspecify.annotations.Nullable;
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
        var endpoint =
                named("connect.ip", keys.connect_ip(), () -> Endpoint.of(keys.connect_ip(), keys.connect_port()));
        var source = Source.of(keys.bindto(), keys.bind_port(), keys.bind_if(), keys.fwmark());
        return new TcpCheck(
                        endpoint, Math.round(keys.connect_timeout() * 1e3), encryption(keys, endpoint), script(keys))
                .from(source.to(endpoint.address()));
    }

    private static Script script(TcpKeys keys) {
        var send = named("send", keys.send(), () -> PercentText.decode(keys.send()));
        var expect = named("expect", keys.expect(), () -> PercentText.decode(keys.expect()));
        if (send.length > 0 && expect.length == 0) {
            throw refused("expect", "", "the answer to what is sent, since there is send");
        }
        return new Script(send, expect);
    }

    private static TcpCheck.@Nullable Encryption encryption(TcpKeys keys, Endpoint endpoint) {
        if (!keys.tls()) {
            return null;
        }
        var options = TlsOptions.DEFAULT.withVerify(keys.verify()).withMinimumProtocol(keys.tls_min());
        return new TcpCheck.Encryption(
                TlsKeys.client(options, keys.ca(), keys.certificate(), keys.key()),
                TlsKeys.serverName(keys.sni_name(), endpoint.address()));
    }
}
