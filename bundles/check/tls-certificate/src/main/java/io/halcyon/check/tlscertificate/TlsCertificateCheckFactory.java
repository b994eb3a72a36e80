package io.halcyon.check.tlscertificate;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.tls.TlsClient;
import io.halcyon.tls.TlsOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code tls-certificate}. */
@Component(service = HealthCheckFactory.class)
public final class TlsCertificateCheckFactory implements HealthCheckFactory<TlsCertificateKeys> {

    private final InstantSource clock;

    @Activate
    public TlsCertificateCheckFactory() {
        this(InstantSource.system());
    }

    TlsCertificateCheckFactory(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String type() {
        return "tls-certificate";
    }

    @Override
    public Class<TlsCertificateKeys> parameters() {
        return TlsCertificateKeys.class;
    }

    @Override
    public HealthCheck create(String name, TlsCertificateKeys keys) {
        if (keys.days_warn() < keys.days_down()) {
            throw refused("days.warn", keys.days_warn(), "at least days.down, which is " + keys.days_down());
        }
        var endpoint = endpoint(keys);
        var server = new TlsCertificateCheck.Server(
                endpoint, serverName(keys, endpoint), keys.starttls().equals("smtp"));
        var expiry = new Expiry(Days.of(keys.days_warn()), Days.of(keys.days_down()));
        return new TlsCertificateCheck(server, client(keys), expiry, clock);
    }

    private static Endpoint endpoint(TlsCertificateKeys keys) {
        try {
            return Endpoint.of(keys.connect_ip(), keys.connect_port());
        } catch (IllegalArgumentException e) {
            throw refused("connect.ip", keys.connect_ip(), String.valueOf(e.getMessage()));
        }
    }

    private static TlsClient client(TlsCertificateKeys keys) {
        var options = TlsOptions.DEFAULT.withVerify(keys.verify()).withMinimumProtocol(keys.tls_min());
        try {
            return TlsClient.of(keys.ca().isEmpty() ? options : options.withCaFile(Path.of(keys.ca())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ca: " + e.getMessage(), e);
        }
    }

    private static @Nullable String serverName(TlsCertificateKeys keys, Endpoint endpoint) {
        if (keys.sni_name().isEmpty()) {
            return endpoint.isNamed() ? endpoint.host() : null;
        }
        try {
            return new SNIHostName(keys.sni_name()).getAsciiName();
        } catch (IllegalArgumentException e) {
            throw refused("sni.name", keys.sni_name(), "a host name");
        }
    }

    private static IllegalArgumentException refused(String key, Object value, String allowed) {
        return new IllegalArgumentException(key + " = " + value + " is refused: allowed is " + allowed);
    }
}
