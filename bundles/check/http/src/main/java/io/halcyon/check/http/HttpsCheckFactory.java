package io.halcyon.check.http;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.tls.TlsKeys;
import io.halcyon.tls.TlsOptions;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code https}. */
@Component(service = HealthCheckFactory.class)
public final class HttpsCheckFactory implements HealthCheckFactory<HttpsKeys> {

    @Override
    public String type() {
        return "https";
    }

    @Override
    public Class<HttpsKeys> parameters() {
        return HttpsKeys.class;
    }

    @Override
    public HealthCheck create(String name, HttpsKeys keys) {
        var common = SharedKeys.of(keys);
        var reader = new KeyReader(common, true, serverName(keys));
        var protocol = named("http.protocol", keys.http_protocol(), () -> Protocol.of(keys.http_protocol()));
        var options = options(keys).withApplicationProtocols(protocol.applicationProtocols());
        var client = TlsKeys.client(options, keys.ca(), keys.certificate(), keys.key());
        return new HttpCheck(reader.questions(), reader.limits(), client).from(reader.source());
    }

    /** The one that is written, or the first of those that could be meant. */
    private static @Nullable String serverName(HttpsKeys keys) {
        if (!keys.enable_sni()) {
            return null;
        }
        if (!keys.sni_name().isEmpty()) {
            return nameOf("sni.name", keys.sni_name());
        }
        if (!keys.virtualhost().isEmpty()) {
            return nameOf("virtualhost", keys.virtualhost().replaceFirst(":\\d+$", ""));
        }
        return nameOf("connect.ip", keys.connect_ip());
    }

    private static @Nullable String nameOf(String key, String name) {
        var origin = named(key, name, () -> Origin.of(true, name, 1, null));
        if (origin.isAddress()) {
            return null;
        }
        return named(key, name, () -> sendable(origin.host()));
    }

    private static String sendable(String name) {
        try {
            return new SNIHostName(name).getAsciiName();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a host name that TLS can tell the server, or enable.sni = false", e);
        }
    }

    private static TlsOptions options(HttpsKeys keys) {
        if (keys.tls_min().compareTo(keys.tls_max()) > 0) {
            throw refused("tls.max", keys.tls_max(), "what is not older than tls.min");
        }
        return TlsOptions.DEFAULT
                .withVerify(keys.verify())
                .withVerifyName(keys.verify_name())
                .withMinimumProtocol(keys.tls_min())
                .withMaximumProtocol(keys.tls_max())
                .withCloseNotify(keys.tls_compliant());
    }
}
