package io.halcyon.check.tlscertificate;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.spi.check.Source;
import io.halcyon.tls.TlsKeys;
import io.halcyon.tls.TlsOptions;
import java.time.InstantSource;
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
        var endpoint =
                named("connect.ip", keys.connect_ip(), () -> Endpoint.of(keys.connect_ip(), keys.connect_port()));
        var server = new TlsCertificateCheck.Server(
                endpoint,
                TlsKeys.serverName(keys.sni_name(), endpoint.address()),
                keys.starttls().equals("smtp"));
        var expiry = new Expiry(Days.of(keys.days_warn()), Days.of(keys.days_down()));
        var options = TlsOptions.DEFAULT.withVerify(keys.verify()).withMinimumProtocol(keys.tls_min());
        var source = Source.of(keys.bindto(), keys.bind_port(), keys.bind_if(), keys.fwmark());
        return new TlsCertificateCheck(server, TlsKeys.client(options, keys.ca()), expiry, clock)
                .from(source.to(endpoint.address()));
    }
}
