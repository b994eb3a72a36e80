package io.halcyon.check.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for HAProxy on a Unix socket or on loopback, and does to every client what its script says. */
final class ScriptedPeer implements AutoCloseable {

    /** What is done to a client that has asked. */
    @FunctionalInterface
    interface Script {
        void play(SocketChannel client) throws IOException;
    }

    final List<String> questions = new CopyOnWriteArrayList<>();
    volatile Script script;

    private final ServerSocketChannel server;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

    private ScriptedPeer(ServerSocketChannel server, Script script) {
        this.server = server;
        this.script = script;
        var thread = new Thread(this::serve, "scripted-peer");
        thread.setDaemon(true);
        thread.start();
    }

    static ScriptedPeer at(Path path, Script script) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        return new ScriptedPeer(server, script);
    }

    static ScriptedPeer onLoopback(Script script) throws IOException {
        var server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new ScriptedPeer(server, script);
    }

    static Script says(String text) {
        return client -> {
            write(client, text);
            client.close();
        };
    }

    static Script saysNothing() {
        return client -> {};
    }

    static Script closes() {
        return SocketChannel::close;
    }

    static Script resetsAfter(String text) {
        return client -> {
            write(client, text);
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            client.close();
        };
    }

    /** Repeats the text until the client has enough. */
    static Script neverStopsSaying(String first, String text) {
        return client -> {
            write(client, first);
            while (true) {
                write(client, text);
            }
        };
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    boolean isOpen() {
        return server.isOpen();
    }

    int port() {
        try {
            SocketAddress address = server.getLocalAddress();
            return ((InetSocketAddress) address).getPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var client : open) {
            client.close();
        }
    }

    private void serve() {
        while (true) {
            SocketChannel client;
            try {
                client = server.accept();
            } catch (IOException closed) {
                return;
            }
            open.add(client);
            try {
                var question = ByteBuffer.allocate(4096);
                client.read(question);
                questions.add(new String(question.array(), 0, question.position(), StandardCharsets.UTF_8));
                script.play(client);
            } catch (IOException clientIsGone) {
                // It had enough.
            }
        }
    }

    static void write(SocketChannel client, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }
}
