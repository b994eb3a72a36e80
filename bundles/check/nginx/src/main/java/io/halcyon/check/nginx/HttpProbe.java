package io.halcyon.check.nginx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Asks one URL by HTTP/1.0, which nginx answers without chunks and then closes. Immutable.
 *
 * @param url what is asked for
 * @param host Host header
 */
record HttpProbe(URI url, String host) {

    /** Of an answer, as much as a check needs. */
    record Answer(int status, String body, long elapsedNanos) {}

    private static final int LIMIT_BYTES = 256 * 1024;
    private static final int CHUNK_BYTES = 8192;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*", Pattern.DOTALL);

    /**
     * Reads a URL.
     *
     * @param host another Host header, empty for that of the URL
     * @throws IllegalArgumentException saying what is allowed
     */
    static HttpProbe of(String text, String host) {
        try {
            var url = new URI(text);
            if (!"http".equals(url.getScheme())
                    || url.getHost() == null
                    || text.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("http://HOST[:PORT]/PATH");
            }
            if (host.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("a host name without blanks");
            }
            return new HttpProbe(url, host.isEmpty() ? url.getRawAuthority() : host);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("http://HOST[:PORT]/PATH", e);
        }
    }

    /**
     * Asks and waits for the whole answer, at most until the deadline.
     *
     * @throws IOException if there is no answer, saying why
     */
    Answer ask(long deadlineNanos) throws IOException, InterruptedException {
        long start = System.nanoTime();
        // A channel's socket, since an interrupt ends its calls.
        try (var channel = SocketChannel.open()) {
            var socket = channel.socket();
            socket.connect(target(), leftMillis(deadlineNanos));
            socket.getOutputStream().write(request());
            return parse(receive(socket, deadlineNanos), System.nanoTime() - start);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (SocketTimeoutException e) {
            throw new IOException("no answer in time", e);
        }
    }

    /** A name is looked up at every look, an address never. */
    private InetSocketAddress target() throws IOException {
        int port = url.getPort() < 0 ? 80 : url.getPort();
        return new InetSocketAddress(InetAddress.getByName(url.getHost()), port);
    }

    private byte[] request() {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return ("GET " + path + query + " HTTP/1.0\r\nHost: " + host
                        + "\r\nUser-Agent: halcyon\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String receive(Socket socket, long deadlineNanos) throws IOException {
        var received = new ByteArrayOutputStream();
        var chunk = new byte[CHUNK_BYTES];
        var in = socket.getInputStream();
        while (received.size() < LIMIT_BYTES) {
            socket.setSoTimeout(leftMillis(deadlineNanos));
            int length = in.read(chunk);
            if (length < 0) {
                break;
            }
            received.write(chunk, 0, length);
        }
        return received.toString(StandardCharsets.UTF_8);
    }

    private static Answer parse(String text, long elapsedNanos) throws IOException {
        var status = STATUS_LINE.matcher(text);
        if (!status.matches()) {
            throw new IOException(
                    text.isEmpty() ? "the connection was closed without an answer" : "not an HTTP answer");
        }
        int body = text.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(status.group(1)), body < 0 ? "" : text.substring(body + 4), elapsedNanos);
    }

    private static int leftMillis(long deadlineNanos) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
