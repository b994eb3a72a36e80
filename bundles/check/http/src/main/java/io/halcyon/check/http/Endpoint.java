package io.halcyon.check.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go.
 *
 * @param secure whether TLS is spoken
 * @param host address or name, an IPv6 address without brackets
 * @param port its port
 * @param serverName what TLS tells the server, null for nothing
 */
record Endpoint(boolean secure, String host, int port, @Nullable String serverName) {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_]([\\p{L}\\p{N}_.-]{0,252})");

    // Exact, since the JDK asks DNS for what looks like an address and is none.
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");

    /**
     * Checks the host.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static Endpoint of(boolean secure, String host, int port, @Nullable String serverName) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        var plain = bracketed ? host.substring(1, host.length() - 1) : host;
        var endpoint = new Endpoint(secure, plain, port, serverName);
        if (endpoint.isAddress() && port > 0 && port <= 65_535) {
            endpoint.address();
        } else if (!NAME.matcher(plain).matches() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("an address or a host name");
        }
        return endpoint;
    }

    boolean isAddress() {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    /** Resolved if it is an address; a name is looked up by whoever connects. */
    InetSocketAddress socketAddress() {
        return isAddress() ? new InetSocketAddress(address(), port) : InetSocketAddress.createUnresolved(host, port);
    }

    /** As in a URL; without the port if it is the scheme's own. */
    String authority() {
        var written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? 443 : 80) ? written : written + ":" + port;
    }

    String url(String path) {
        return (secure ? "https://" : "http://") + authority() + path;
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address or a host name", e);
        }
    }
}
