package io.halcyon.check.udp;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.spi.check.Source;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code udp}. */
@Component(service = HealthCheckFactory.class)
public final class UdpCheckFactory implements HealthCheckFactory<UdpKeys> {

    @Override
    public String type() {
        return "udp";
    }

    @Override
    public Class<UdpKeys> parameters() {
        return UdpKeys.class;
    }

    @Override
    public HealthCheck create(String name, UdpKeys keys) {
        var target = named("connect.ip", keys.connect_ip(), () -> Endpoint.of(keys.connect_ip(), keys.connect_port()));
        var limits = new UdpCheck.Limits(Math.max(1, Math.round(keys.reply_wait() * 1e3)), keys.latency_max());
        var source = Source.of(keys.bindto(), keys.bind_port(), keys.bind_if(), keys.fwmark());
        return new UdpCheck(target, payload(keys), expectation(keys), limits).from(source.to(target.address()));
    }

    private static byte[] payload(UdpKeys keys) {
        if (!keys.payload().isEmpty() && !keys.payload_text().isEmpty()) {
            throw refused("payload.text", keys.payload_text(), "nothing, since there is payload");
        }
        if (!keys.payload_text().isEmpty()) {
            return keys.payload_text().getBytes(StandardCharsets.UTF_8);
        }
        return named("payload", keys.payload(), () -> HexPattern.of(keys.payload(), false))
                .octets();
    }

    /** What a reply must be like says that one must come. */
    private static @Nullable Expectation expectation(UdpKeys keys) {
        var pattern = named("reply.pattern", keys.reply_pattern(), () -> HexPattern.of(keys.reply_pattern(), true));
        if (keys.min_reply_length() > keys.max_reply_length()) {
            throw refused(
                    "min.reply.length",
                    Integer.toString(keys.min_reply_length()),
                    "at most max.reply.length = " + keys.max_reply_length());
        }
        if (!keys.require_reply() && pattern.isEmpty() && keys.reply_text().isEmpty()) {
            return null;
        }
        return new Expectation(pattern, keys.reply_text(), keys.min_reply_length(), keys.max_reply_length());
    }
}
