package io.halcyon.itests.lab;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A client's connection to a web server, HTTP/1.1, kept as long as the caller wants. One thread at a time. */
public final class WebConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 3_000;

    private final Socket socket;
    private final InputStream input;

    /**
     * An answer.
     *
     * @param body its bytes, each as a character
     */
    public record Page(int status, String body) {

        /** The body without white space at its ends; of {@code /} that is who served it. */
        public String text() {
            return body.strip();
        }

        public byte[] bytes() {
            return body.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    WebConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Opens one in the network of the calling thread.
     *
     * @param from address from which it comes, null for any
     */
    static WebConnection open(@Nullable String from, String address, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            if (from != null) {
                socket.bind(new InetSocketAddress(from, 0));
            }
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            return new WebConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Asks for a page and reads the answer; the connection stays. */
    public Page get(String path) throws IOException {
        var answer = ask(path);
        var body = input.readNBytes(answer.length());
        if (body.length < answer.length()) {
            throw new IOException("the answer ends after " + body.length + " of " + answer.length() + " bytes");
        }
        return new Page(answer.status(), new String(body, StandardCharsets.ISO_8859_1));
    }

    /** What comes before a body. */
    record Head(int status, int length) {}

    /** Asks for a page and reads what comes before its body. */
    Head ask(String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: farm\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        var first = line();
        int length = 0;
        for (var line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        int blank = first.indexOf(' ');
        return new Head(Integer.parseInt(first.substring(blank + 1, blank + 4)), length);
    }

    /** Our port. */
    int port() {
        return socket.getLocalPort();
    }

    InputStream input() {
        return input;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new IOException("the connection ended before the answer");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** Ends it so that nobody waits for anything any more (a reset). */
    public void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new LabException("a connection cannot be closed", e);
        }
    }
}
