package io.halcyon.check.tcp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.tls.TlsClient;
import io.halcyon.tls.TlsOptions;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
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
        return new TcpCheck(
                endpoint, Math.round(keys.connect_timeout() * 1e3), encryption(keys, endpoint), script(keys));
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
        if (keys.certificate().isEmpty() != keys.key().isEmpty()) {
            throw refused("certificate", keys.certificate(), "a file together with key");
        }
        return new TcpCheck.Encryption(client(keys), serverName(keys, endpoint));
    }

    private static TlsClient client(TcpKeys keys) {
        var options = TlsOptions.DEFAULT.withVerify(keys.verify()).withMinimumProtocol(keys.tls_min());
        if (!keys.ca().isEmpty()) {
            options = options.withCaFile(Path.of(keys.ca()));
        }
        if (!keys.certificate().isEmpty()) {
            options = options.withClientCertificate(Path.of(keys.certificate()), Path.of(keys.key()));
        }
        try {
            return TlsClient.of(options);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ca, certificate, key: " + e.getMessage(), e);
        }
    }

    private static @Nullable String serverName(TcpKeys keys, Endpoint endpoint) {
        if (keys.sni_name().isEmpty()) {
            return endpoint.isNamed() ? endpoint.host() : null;
        }
        return named("sni.name", keys.sni_name(), () -> hostName(keys.sni_name()));
    }

    private static String hostName(String text) {
        try {
            return new SNIHostName(text).getAsciiName();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a host name", e);
        }
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
