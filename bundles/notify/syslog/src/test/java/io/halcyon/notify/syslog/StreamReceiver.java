package io.halcyon.notify.syslog;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads messages with octet counts from one connection after the other. */
final class StreamReceiver implements AutoCloseable {

    private final ServerSocket server;
    private final Map<Socket, Thread> readers = new ConcurrentHashMap<>();
    private final BlockingQueue<Socket> connections = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    private StreamReceiver(ServerSocket server) {
        this.server = server;
    }

    static StreamReceiver start(int port) throws IOException {
        return start(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
    }

    static StreamReceiver start(ServerSocket server) {
        var receiver = new StreamReceiver(server);
        daemon(receiver::accept);
        return receiver;
    }

    int port() {
        return server.getLocalPort();
    }

    /** The next message; fails if none comes. */
    String message() throws InterruptedException {
        var message = messages.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came");
        }
        return message;
    }

    /** All messages so far. */
    List<String> messages() {
        var all = new ArrayList<String>();
        messages.drainTo(all);
        return all;
    }

    /** The next connection that was accepted. */
    Socket connection() throws InterruptedException {
        var connection = connections.poll(20, TimeUnit.SECONDS);
        if (connection == null) {
            throw new AssertionError("nobody connected");
        }
        return connection;
    }

    boolean hasConnection() {
        return !connections.isEmpty();
    }

    /** Ends a connection with a reset, as a kernel does for a process that was killed before it had read everything. */
    void reset(Socket connection) throws IOException, InterruptedException {
        connection.setOption(StandardSocketOptions.SO_LINGER, 0);
        end(connection);
    }

    /** Ends a connection; the kernel has done so when this returns, since nobody reads from it any more. */
    void end(Socket connection) throws IOException, InterruptedException {
        connection.close();
        readers.get(connection).join();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var connection = server.accept();
                readers.put(connection, daemon(() -> read(connection)));
                connections.add(connection);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void read(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            for (int length = length(in); length > 0; length = length(in)) {
                messages.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            // What was whole until then counts.
        }
    }

    private static int length(InputStream in) throws IOException {
        int length = 0;
        for (int c = in.read(); c >= '0' && c <= '9'; c = in.read()) {
            length = length * 10 + c - '0';
        }
        return length;
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "receiver");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
