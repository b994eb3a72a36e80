package io.halcyon.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A server that says its name: over TCP in a line to whoever connects, and before each line that it sends back; over UDP before
 * each datagram that it sends back. Both families, in the namespace of the thread that makes it; one thread.
 */
final class NamedServer implements AutoCloseable {

    private static final int BUFFER_BYTES = 2_048;

    private final String name;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Thread thread = new Thread(this::serve, "named-server");

    NamedServer(String name, int... ports) throws IOException {
        this.name = name;
        for (int port : ports) {
            var connections = ServerSocketChannel.open().bind(new InetSocketAddress(port));
            connections.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            var datagrams = DatagramChannel.open().bind(new InetSocketAddress(port));
            datagrams.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        }
        thread.setDaemon(true);
        thread.start();
    }

    String name() {
        return name;
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::serve);
            }
        } catch (IOException | ClosedSelectorException closing) {
            // The test is over.
        }
    }

    private void serve(SelectionKey ready) {
        try {
            if (ready.channel() instanceof ServerSocketChannel connections) {
                greet(connections);
            } else if (ready.channel() instanceof DatagramChannel datagrams) {
                answer(datagrams);
            } else if (ready.channel() instanceof SocketChannel connection) {
                answer(connection);
            }
        } catch (IOException ofOneClient) {
            if (ready.channel() instanceof SocketChannel) {
                end(ready);
            }
        }
    }

    private void greet(ServerSocketChannel connections) throws IOException {
        var connection = connections.accept();
        if (connection != null) {
            connection.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            connection.write(bytes(name + "\n"));
        }
    }

    /** Lines are short and arrive whole. */
    private void answer(SocketChannel connection) throws IOException {
        buffer.clear();
        if (connection.read(buffer) < 0) {
            connection.close();
            return;
        }
        connection.write(named());
    }

    private void answer(DatagramChannel datagrams) throws IOException {
        buffer.clear();
        SocketAddress client = datagrams.receive(buffer);
        if (client != null) {
            datagrams.send(named(), client);
        }
    }

    private ByteBuffer named() {
        return bytes(name + " " + StandardCharsets.US_ASCII.decode(buffer.flip()));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void end(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException gone) {
            // As wanted.
        }
    }

    @Override
    public void close() {
        for (var key : selector.keys()) {
            end(key);
        }
        try {
            selector.close();
        } catch (IOException gone) {
            // As wanted.
        }
    }
}
