package io.halcyon.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server on loopback that plays one scene with every client, each on a thread of its own; mostly a hostile one. */
public final class ScriptedPeer implements AutoCloseable {

    /** What it does with a client; the connection is closed when it returns. */
    @FunctionalInterface
    public interface Scene {
        void play(Socket client) throws IOException;

        default Scene then(Scene next) {
            return client -> {
                play(client);
                next.play(client);
            };
        }
    }

    private final ServerSocket server;
    private final Scene scene;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger seen = new AtomicInteger();

    @SuppressWarnings("this-escape") // the thread starts in the last line
    public ScriptedPeer(Scene scene) throws IOException {
        this.scene = scene;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many clients it has had. */
    public int clients() {
        return seen.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var client : clients) {
            client.close();
        }
    }

    /** A port of loopback where nobody listens. */
    public static int closedPort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Says nothing and listens until the client goes. */
    public static Scene silence() {
        return client -> client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }

    public static Scene says(String text) {
        return says(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Scene says(byte[] bytes) {
        return client -> client.getOutputStream().write(bytes);
    }

    /** Waits until the client has sent something, and takes what there is. */
    public static Scene hears() {
        return client -> {
            if (client.getInputStream().read(new byte[65_536]) < 0) {
                throw new IOException("the client went");
            }
        };
    }

    /** One byte a second. */
    public static Scene drips(String text) {
        return client -> {
            for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
                client.getOutputStream().write(next);
                pauseOneSecond();
            }
        };
    }

    /** A gigabyte of the same byte. */
    public static Scene floods(char character) {
        return client -> {
            var chunk = new byte[1 << 20];
            Arrays.fill(chunk, (byte) character);
            for (int i = 0; i < 1 << 10; i++) {
                client.getOutputStream().write(chunk);
            }
        };
    }

    /** Ends the connection by RST. */
    public static Scene resets() {
        return client -> {
            client.setSoLinger(true, 0);
            client.close();
        };
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                clients.add(client);
                seen.incrementAndGet();
                daemon(() -> play(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void play(Socket client) {
        try (client) {
            scene.play(client);
        } catch (IOException gone) {
            // The client went, or the test is over.
        } finally {
            clients.remove(client);
        }
    }

    private static void pauseOneSecond() throws IOException {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "scripted-peer");
        thread.setDaemon(true);
        thread.start();
    }
}
