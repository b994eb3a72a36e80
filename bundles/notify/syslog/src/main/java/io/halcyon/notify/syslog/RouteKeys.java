package io.halcyon.notify.syslog;

import io.halcyon.spi.keys.KeyValue;
import io.halcyon.tls.TlsContext;
import io.halcyon.tls.TlsOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Turns keys into a route, or says which key contradicts which. */
final class RouteKeys {

    private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9.:_-]+");
    private static final int USUAL_PORT = 514;
    private static final int USUAL_TLS_PORT = 6514;
    /** sun_path of {@code unix(7)}. */
    private static final int LONGEST_PATH_BYTES = 107;

    private final SyslogKeys keys;

    private RouteKeys(SyslogKeys keys) {
        this.keys = keys;
    }

    /**
     * Reads a route.
     *
     * @throws IllegalArgumentException naming the key and what is allowed
     */
    static Route read(SyslogKeys keys) {
        return new RouteKeys(keys).route();
    }

    private Route route() {
        var tls = tls();
        int timeoutMillis = (int) Math.round(keys.connect_timeout() * 1_000);
        return switch (keys.transport()) {
            case "udp" -> new UdpRoute(server(), port(USUAL_PORT));
            case "tcp" -> new StreamRoute(server(), port(USUAL_PORT), framing(), timeoutMillis, null);
            case "tls" -> new StreamRoute(server(), port(USUAL_TLS_PORT), framing(), timeoutMillis, tls);
            default -> new LocalRoute(socket(), timeoutMillis);
        };
    }

    private String server() {
        var server = keys.server();
        if (!SERVER.matcher(server).matches()) {
            throw KeyValue.refused("server", server, "a host name or an IP address");
        }
        return server;
    }

    private int port(int usual) {
        return keys.port() == 0 ? usual : keys.port();
    }

    private String socket() {
        var socket = keys.socket();
        if (!socket.startsWith("/") || socket.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH_BYTES) {
            throw KeyValue.refused("socket", socket, "an absolute path of at most 107 bytes");
        }
        return socket;
    }

    private Framing framing() {
        return keys.framing().equals("lf") ? Framing.LF : Framing.OCTET_COUNTING;
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
        if (!keys.transport().equals("tls")) {
            throw KeyValue.refused(key, name, "nothing unless transport = tls");
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
}
