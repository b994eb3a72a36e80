package io.halcyon.check.http;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.tls.TlsClient;
import io.halcyon.tls.TlsOptions;
import java.nio.file.Path;
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
        var protocol = KeyReader.named("http.protocol", keys.http_protocol(), () -> Protocol.of(keys.http_protocol()));
        var options = options(keys).withApplicationProtocols(protocol.applicationProtocols());
        return new HttpCheck(reader.questions(), reader.limits(), client(keys, options));
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
        var origin = KeyReader.named(key, name, () -> Origin.of(true, name, 1, null));
        if (origin.isAddress()) {
            return null;
        }
        return KeyReader.named(key, name, () -> sendable(origin.host()));
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
            throw KeyReader.refused("tls.max", keys.tls_max(), "what is not older than tls.min");
        }
        var options = TlsOptions.DEFAULT
                .withVerify(keys.verify())
                .withVerifyName(keys.verify_name())
                .withMinimumProtocol(keys.tls_min())
                .withMaximumProtocol(keys.tls_max())
                .withCloseNotify(keys.tls_compliant());
        if (!keys.ca().isEmpty()) {
            options = options.withCaFile(file("ca", keys.ca()));
        }
        if (keys.certificate().isEmpty() != keys.key().isEmpty()) {
            throw keys.key().isEmpty()
                    ? KeyReader.refused("key", "", "the file with the key of certificate")
                    : KeyReader.refused("certificate", "", "the file with the certificate of key");
        }
        return keys.certificate().isEmpty()
                ? options
                : options.withClientCertificate(file("certificate", keys.certificate()), file("key", keys.key()));
    }

    private static Path file(String key, String name) {
        if (!name.startsWith("/")) {
            throw KeyReader.refused(key, name, "an absolute path");
        }
        return Path.of(name);
    }

    private static TlsClient client(HttpsKeys keys, TlsOptions options) {
        try {
            return TlsClient.of(options);
        } catch (IllegalArgumentException e) {
            var message = String.valueOf(e.getMessage());
            var key = message.contains("file " + keys.ca() + " ")
                    ? "ca"
                    : message.contains("file " + keys.key() + " ") ? "key" : "certificate";
            throw new IllegalArgumentException(key + " is refused: " + message, e);
        }
    }
}
