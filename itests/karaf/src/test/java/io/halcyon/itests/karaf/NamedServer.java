package io.halcyon.itests.karaf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

/** A real server that tells its name to whoever connects. */
final class NamedServer implements AutoCloseable {

    private static final int PORT = 8080;

    private final String name;
    private final ServerSocket socket;

    private NamedServer(String name, ServerSocket socket) {
        this.name = name;
        this.socket = socket;
    }

    static NamedServer start(String name, String address) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), PORT));
        var server = new NamedServer(name, socket);
        var thread = new Thread(server::serve, "server-" + name);
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    /** Its address and port, as a file names them. */
    String endpoint() {
        return socket.getInetAddress().getHostAddress() + " " + PORT;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                client.getOutputStream().write(name.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // A client that is gone already, or the end.
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
