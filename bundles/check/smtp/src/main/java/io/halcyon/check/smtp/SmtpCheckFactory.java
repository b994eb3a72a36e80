package io.halcyon.check.smtp;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.spi.check.Source;
import io.halcyon.tls.TlsKeys;
import io.halcyon.tls.TlsOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code smtp}. */
@Component(service = HealthCheckFactory.class)
public final class SmtpCheckFactory implements HealthCheckFactory<SmtpKeys> {

    private static final int SMTP_PORT = 25;
    private static final int SMTPS_PORT = 465;

    @Override
    public String type() {
        return "smtp";
    }

    @Override
    public Class<SmtpKeys> parameters() {
        return SmtpKeys.class;
    }

    @Override
    public HealthCheck create(String name, SmtpKeys keys) {
        // RFC 5321 section 4.1.2: a domain or an address literal in brackets.
        if (!keys.helo_name().matches("[\\w.-]{1,255}|\\[[\\w.:]{1,255}]")) {
            throw refused("helo.name", keys.helo_name(), "a host name, or an address in brackets");
        }
        var security = MailServer.Security.valueOf(keys.tls().toUpperCase(Locale.ROOT));
        var options = TlsOptions.DEFAULT.withVerify(keys.verify()).withMinimumProtocol(keys.tls_min());
        var manner = new MailServer.Manner(
                keys.helo_name(),
                Math.round(keys.connect_timeout() * 1e3),
                security,
                security == MailServer.Security.NONE ? null : TlsKeys.client(options, keys.ca()));
        var endpoints = endpoints(keys, security);
        var source = Source.of(keys.bindto(), keys.bind_port(), keys.bind_if(), keys.fwmark());
        endpoints.forEach(endpoint -> source.to(endpoint.address()));
        return new SmtpCheck(endpoints.stream()
                        .map(endpoint -> new MailServer(
                                endpoint, TlsKeys.serverName(keys.sni_name(), endpoint.address()), manner))
                        .toList())
                .from(source);
    }

    private static List<Endpoint> endpoints(SmtpKeys keys, MailServer.Security security) {
        if (keys.connect_ip().length == 0) {
            throw refused("connect.ip", "", "at least one server");
        }
        int usual = security == MailServer.Security.SMTPS ? SMTPS_PORT : SMTP_PORT;
        int port = keys.connect_port() == 0 ? usual : keys.connect_port();
        return Arrays.stream(keys.connect_ip())
                .map(text -> named("connect.ip", text, () -> Endpoint.withPort(text, port)))
                .toList();
    }
}
