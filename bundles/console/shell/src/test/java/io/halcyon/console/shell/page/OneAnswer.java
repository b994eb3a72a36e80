package io.halcyon.console.shell.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that gives every request the same octets, whatever they are worth, and remembers the requests. */
final class OneAnswer implements AutoCloseable {

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] answer;
    private final SSLContext tls;
    private final Ending ending;

    /** What comes behind the answer. */
    enum Ending {
        /** The end of the connection, in order. */
        CLOSE,
        /** The end of the connection, unknown to TLS. */
        CUT,
        /** Nothing, until the client is gone. */
        SILENCE,
        /** One octet after the other, without an end. */
        DRIP
    }

    OneAnswer(String answer, Ending ending, SSLContext tls) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        this.ending = ending;
        this.tls = tls;
        var thread = new Thread(this::serve, "one-answer");
        thread.setDaemon(true);
        thread.start();
    }

    static OneAnswer of(String answer) throws IOException {
        return new OneAnswer(answer, Ending.CLOSE, null);
    }

    static OneAnswer of(String answer, Ending ending) throws IOException {
        return new OneAnswer(answer, ending, null);
    }

    int port() {
        return listener.getLocalPort();
    }

    String url(String path) {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port() + path;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                serve(client);
            } catch (IOException e) {
                // The next one, if there is one.
            }
        }
    }

    private void serve(Socket client) throws IOException {
        if (tls == null) {
            answer(client);
            return;
        }
        var secure = (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), false);
        secure.setUseClientMode(false);
        answer(secure);
        if (ending != Ending.CUT) {
            secure.close();
        }
    }

    private void answer(Socket client) throws IOException {
        requests.add(request(client.getInputStream()));
        client.getOutputStream().write(answer);
        client.getOutputStream().flush();
        if (ending == Ending.SILENCE) {
            client.getInputStream().read();
        }
        while (ending == Ending.DRIP) {
            client.getOutputStream().write('.');
            client.getOutputStream().flush();
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    private static String request(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("not a whole request");
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
