package io.halcyon.notify.webhook;

import io.halcyon.notify.webhook.Target.Header;
import io.halcyon.spi.keys.KeyValue;
import io.halcyon.tls.TlsContext;
import io.halcyon.tls.TlsOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns keys into a target, or says which key contradicts which. No message shows a secret. */
final class TargetKeys {

    static final String HIDDEN = "***";
    private static final int MOST_PORT = 65_535;
    private static final Set<String> OURS =
            Set.of("authorization", "x-halcyon-event", "x-halcyon-timestamp", "idempotency-key");

    private final WebhookKeys keys;
    private final URI uri;

    private TargetKeys(WebhookKeys keys, URI uri) {
        this.keys = keys;
        this.uri = uri;
    }

    /**
     * Reads a target.
     *
     * @param clock for the ends of alerts
     * @throws IllegalArgumentException naming the key and what is allowed
     */
    static Target read(WebhookKeys keys, Clock clock) {
        return new TargetKeys(keys, uri(keys)).target(clock);
    }

    private Target target(Clock clock) {
        var authorization = authorization();
        var headers = new ArrayList<>(headers());
        var secrets = new ArrayList<>(List.of(keys.token(), keys.password(), keys.hmac_secret()));
        headers.forEach(header -> secrets.add(header.value()));
        if (authorization != null) {
            headers.add(new Header("Authorization", authorization));
            secrets.add(authorization.substring(authorization.indexOf(' ') + 1));
        }
        return new Target(
                uri,
                keys.method(),
                headers,
                signature(),
                tls(),
                Math.round(keys.connect_timeout() * 1_000),
                Math.round(keys.timeout() * 1_000),
                body(clock),
                new Secrets(uri, secrets));
    }

    private static URI uri(WebhookKeys keys) {
        URI uri;
        try {
            uri = new URI(keys.url().strip());
        } catch (URISyntaxException e) {
            throw refusedUrl("an address without blanks, such as https://host.example.org/path");
        }
        var scheme = uri.getScheme();
        if (scheme == null || !Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))) {
            throw refusedUrl("an address that begins with http:// or https://");
        }
        if (uri.getHost() == null) {
            throw refusedUrl("an address with a host name or an IP address (in it: letters, digits, dots and dashes)");
        }
        if (uri.getPort() == 0 || uri.getPort() > MOST_PORT) {
            throw refusedUrl("an address whose port is from 1 to " + MOST_PORT);
        }
        if (uri.getRawUserInfo() != null) {
            throw refusedUrl("an address without a name and a password; there are user and password.file");
        }
        boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        return bare && keys.preset().equals("alertmanager") ? uri.resolve("/api/v2/alerts") : uri;
    }

    private static IllegalArgumentException refusedUrl(String allowed) {
        return KeyValue.refused("url", HIDDEN, allowed);
    }

    private List<Header> headers() {
        var headers = new ArrayList<Header>();
        for (var line : keys.headers()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw KeyValue.refused("headers", HIDDEN, "fields written as NAME: VALUE");
            }
            headers.add(header(
                    "headers",
                    line.substring(0, colon).strip(),
                    line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private static Header header(String key, String name, String value) {
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw KeyValue.refused(key, name, "any field that has no key of its own and is not one of Halcyon's");
        }
        try {
            HttpRequest.newBuilder().setHeader(name, value);
        } catch (IllegalArgumentException e) {
            throw KeyValue.refused(
                    key, name.replaceAll("[^!-~]", "?"), "a field that HTTP leaves to us, in plain ASCII");
        }
        return new Header(name, value);
    }

    private @Nullable String authorization() {
        boolean basic = !keys.user().isEmpty();
        boolean bearer = !keys.token().isEmpty();
        if (!basic && !keys.password().isEmpty()) {
            throw KeyValue.refused("password", HIDDEN, "nothing without user");
        }
        if (!basic && !bearer) {
            return null;
        }
        var key = basic ? "user" : "token";
        if (basic && bearer) {
            throw KeyValue.refused("token", HIDDEN, "either token or user");
        }
        if (basic && (keys.password().isEmpty() || keys.user().contains(":"))) {
            throw KeyValue.refused(
                    "user", keys.user(), "a name without a colon, and only with password or password.file");
        }
        if (!isEncrypted() && !isThisMachine(uri.getHost())) {
            throw KeyValue.refused(key, basic ? keys.user() : HIDDEN, "https, or a server on this machine");
        }
        var credentials = basic ? keys.user() + ":" + keys.password() : keys.token();
        if (bearer && credentials.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw KeyValue.refused("token", HIDDEN, "ASCII without blanks");
        }
        return basic
                ? "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
                : "Bearer " + credentials;
    }

    private @Nullable Signature signature() {
        var name = header("hmac.header", keys.hmac_header(), "").name();
        return keys.hmac_secret().isEmpty() ? null : new Signature(name, keys.hmac_secret());
    }

    private TlsOptions tls() {
        var options = TlsOptions.DEFAULT.withVerify(keys.tls_verify());
        if (!keys.tls_ca_file().isEmpty()) {
            options = options.withCaFile(file("tls.ca.file", keys.tls_ca_file()));
        }
        if (keys.tls_certificate_file().isEmpty() != keys.tls_key_file().isEmpty()) {
            throw keys.tls_key_file().isEmpty()
                    ? KeyValue.refused("tls.key.file", "", "the file with the key of tls.certificate.file")
                    : KeyValue.refused("tls.certificate.file", "", "the file with the certificate of tls.key.file");
        }
        if (!keys.tls_certificate_file().isEmpty()) {
            options = options.withClientCertificate(
                    file("tls.certificate.file", keys.tls_certificate_file()),
                    file("tls.key.file", keys.tls_key_file()));
        }
        if (options.caFile() != null || options.clientCertificate() != null) {
            requireUsable(options);
        }
        return options;
    }

    private Path file(String key, String name) {
        if (!isEncrypted()) {
            throw KeyValue.refused(key, name, "nothing unless url begins with https://");
        }
        if (!name.startsWith("/")) {
            throw KeyValue.refused(key, name, "an absolute path");
        }
        return Path.of(name);
    }

    private void requireUsable(TlsOptions options) {
        try {
            TlsContext.of(options);
        } catch (IllegalArgumentException e) {
            var message = String.valueOf(e.getMessage());
            var key = message.contains("file " + keys.tls_ca_file() + " ")
                    ? "tls.ca.file"
                    : message.contains("file " + keys.tls_key_file() + " ") ? "tls.key.file" : "tls.certificate.file";
            throw new IllegalArgumentException(key + " is refused: " + message, e);
        }
    }

    private Body body(Clock clock) {
        var template = TemplateKeys.read(keys);
        if (template != null) {
            return template;
        }
        return switch (keys.preset()) {
            case "slack" -> new SlackBody();
            case "alertmanager" -> new AlertmanagerBody(new Alerts(
                    Duration.ofSeconds(keys.alert_lasting()), Duration.ofSeconds(keys.alert_passing()), clock));
            default -> Body.PLAIN;
        };
    }

    private boolean isEncrypted() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** By its spelling alone: asking the resolver would be talking to somebody. */
    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
