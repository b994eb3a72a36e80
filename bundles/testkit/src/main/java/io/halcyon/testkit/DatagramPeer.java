package io.halcyon.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A UDP server on loopback that plays one scene with every datagram, one after the other; mostly a hostile one. */
public final class DatagramPeer implements AutoCloseable {

    /** What it sends back for a datagram: any number of others. */
    @FunctionalInterface
    public interface Scene {
        List<byte[]> play(byte[] received) throws IOException;
    }

    private static final int LARGEST_DATAGRAM = 65_507;

    private final DatagramSocket socket;
    private final Scene scene;
    private final List<byte[]> received = new CopyOnWriteArrayList<>();

    public DatagramPeer(Scene scene) throws IOException {
        this(0, scene);
    }

    /** One at a port, such as that of a server for TCP. */
    @SuppressWarnings("this-escape") // the thread starts in the last line
    public DatagramPeer(int port, Scene scene) throws IOException {
        this.scene = scene;
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var thread = new Thread(this::serve, "datagram-peer");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** All datagrams so far. */
    public List<byte[]> received() {
        return received;
    }

    @Override
    public void close() {
        socket.close();
    }

    /** A port of loopback where nobody listens. */
    public static int closedPort() throws IOException {
        try (var free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return free.getLocalPort();
        }
    }

    /** Never answers. */
    public static Scene silence() {
        return datagram -> List.of();
    }

    /** Always the same answers. */
    public static Scene says(byte[]... answers) {
        return datagram -> List.of(answers);
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        while (!socket.isClosed()) {
            try {
                packet.setLength(LARGEST_DATAGRAM);
                socket.receive(packet);
                var datagram = Arrays.copyOf(packet.getData(), packet.getLength());
                received.add(datagram);
                for (var answer : scene.play(datagram)) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                // The client went, or the test is over.
            }
        }
    }
}
