package io.halcyon.check.smtp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.tls.TlsClient;
import io.halcyon.tls.TlsOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;
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
        var manner = new MailServer.Manner(
                keys.helo_name(),
                Math.round(keys.connect_timeout() * 1e3),
                security,
                security == MailServer.Security.NONE ? null : client(keys));
        return new SmtpCheck(endpoints(keys, security).stream()
                .map(endpoint -> new MailServer(endpoint, serverName(keys, endpoint), manner))
                .toList());
    }

    private static List<Endpoint> endpoints(SmtpKeys keys, MailServer.Security security) {
        if (keys.connect_ip().length == 0) {
            throw refused("connect.ip", "", "at least one server");
        }
        int usual = security == MailServer.Security.SMTPS ? SMTPS_PORT : SMTP_PORT;
        int port = keys.connect_port() == 0 ? usual : keys.connect_port();
        return Arrays.stream(keys.connect_ip())
                .map(text -> endpoint(text, port))
                .toList();
    }

    private static Endpoint endpoint(String text, int port) {
        try {
            return Endpoint.withPort(text, port);
        } catch (IllegalArgumentException e) {
            throw refused("connect.ip", text, String.valueOf(e.getMessage()));
        }
    }

    private static TlsClient client(SmtpKeys keys) {
        var options = TlsOptions.DEFAULT.withVerify(keys.verify()).withMinimumProtocol(keys.tls_min());
        try {
            return TlsClient.of(keys.ca().isEmpty() ? options : options.withCaFile(Path.of(keys.ca())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ca: " + e.getMessage(), e);
        }
    }

    private static @Nullable String serverName(SmtpKeys keys, Endpoint endpoint) {
        if (keys.sni_name().isEmpty()) {
            return endpoint.isNamed() ? endpoint.host() : null;
        }
        try {
            return new SNIHostName(keys.sni_name()).getAsciiName();
        } catch (IllegalArgumentException e) {
            throw refused("sni.name", keys.sni_name(), "a host name");
        }
    }

    private static IllegalArgumentException refused(String key, String value, String allowed) {
        return new IllegalArgumentException(key + " = " + value + " is refused: allowed is " + allowed);
    }
}
