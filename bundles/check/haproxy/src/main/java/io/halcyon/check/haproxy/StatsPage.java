package io.halcyon.check.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * HAProxy's statistics page as comma-separated values. Immutable.
 *
 * @param url what is asked for
 * @param credentials {@code user:password}, empty for none
 * @param limitBytes of an answer
 * @param way where we come from
 */
record StatsPage(URI url, String credentials, int limitBytes, Way way) {

    private static final String ALLOWED = "http://HOST[:PORT]/PATH";
    private static final String AS_VALUES = ";csv";

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static StatsPage of(String text, String credentials, int limitBytes, Way way) {
        try {
            var url = new URI(text.contains(AS_VALUES) ? text : text + AS_VALUES);
            if (!"http".equals(url.getScheme())
                    || url.getHost() == null
                    || url.getRawUserInfo() != null
                    || url.getRawPath().startsWith(AS_VALUES)
                    || text.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException(ALLOWED);
            }
            return new StatsPage(url, credentials, limitBytes, way);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(ALLOWED, e);
        }
    }

    /**
     * Asks and waits for the whole answer.
     *
     * @throws IOException if there is no answer, saying why
     */
    HttpAnswer ask(long deadlineNanos) throws IOException, InterruptedException {
        return HttpAnswer.parse(Exchange.ask(target(), way, request(), limitBytes, deadlineNanos));
    }

    /** A name is looked up at every look, an address never. */
    private InetSocketAddress target() throws IOException {
        try {
            return new InetSocketAddress(InetAddress.getByName(url.getHost()), url.getPort() < 0 ? 80 : url.getPort());
        } catch (UnknownHostException e) {
            throw new IOException("host " + url.getHost() + " is not known", e);
        }
    }

    private byte[] request() {
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        var authorization = credentials.isEmpty()
                ? ""
                : "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)) + "\r\n";
        return ("GET " + url.getRawPath() + query + " HTTP/1.0\r\nHost: " + url.getRawAuthority() + "\r\n"
                        + authorization + "User-Agent: halcyon\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url.toString();
    }
}
