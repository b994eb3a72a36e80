package io.halcyon.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A server of the JDK that sends back what it hears. */
final class EchoServer implements AutoCloseable {

    private final SSLServerSocket server;
    private final List<SSLSession> sessions = new CopyOnWriteArrayList<>();

    @SuppressWarnings("this-escape") // the thread starts in the last line
    EchoServer(SSLContext context, Consumer<SSLServerSocket> configuration) throws IOException {
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        configuration.accept(server);
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Of the handshakes that succeeded. */
    List<SSLSession> sessions() {
        return sessions;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = (SSLSocket) server.accept();
                daemon(() -> echo(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void echo(SSLSocket client) {
        try (client) {
            client.startHandshake();
            sessions.add(client.getSession());
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException refused) {
            // The client's side of it is what is looked at.
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "echo");
        thread.setDaemon(true);
        thread.start();
    }
}
