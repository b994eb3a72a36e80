package io.halcyon.check.http;

import io.halcyon.settings.Endpoint;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go, RFC 6454.
 *
 * @param secure whether TLS is spoken
 * @param endpoint host and port
 * @param serverName what TLS tells the server, null for nothing
 */
record Origin(boolean secure, Endpoint endpoint, @Nullable String serverName) {

    private static final int PORT_MOST = 65_535;

    /**
     * Checks the host.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static Origin of(boolean secure, String host, int port, @Nullable String serverName) {
        if (port < 1 || port > PORT_MOST) {
            throw new IllegalArgumentException("a port from 1 to " + PORT_MOST);
        }
        return new Origin(secure, Endpoint.of(host, port), serverName);
    }

    String host() {
        return endpoint.host();
    }

    /** An address of one interface counts, though it is looked up like a name. */
    boolean isAddress() {
        return !endpoint.isNamed() || host().indexOf(':') >= 0;
    }

    InetSocketAddress socketAddress() {
        return endpoint.address();
    }

    /** As in a URL; without the port if it is the scheme's own. */
    String authority() {
        var written = host().indexOf(':') >= 0 ? "[" + host() + "]" : host();
        return endpoint.port() == (secure ? 443 : 80) ? written : written + ":" + endpoint.port();
    }

    String url(String path) {
        return (secure ? "https://" : "http://") + authority() + path;
    }
}
