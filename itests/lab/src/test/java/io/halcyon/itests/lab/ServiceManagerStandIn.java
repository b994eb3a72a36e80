package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Hears in a host what a service manager would hear, sd_notify(3). A thread of its own reads. */
final class ServiceManagerStandIn implements AutoCloseable {

    /** For {@code NOTIFY_SOCKET}: a name of the abstract kind belongs to the host's network. */
    static final String SOCKET = "@halcyon-lab";

    private static final int READ_TIMEOUT_MILLIS = 200;

    /** One line of a datagram. */
    record Line(long at, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private final Fd socket;
    private final Thread reader;
    private volatile boolean open = true;

    ServiceManagerStandIn(Lab lab, String host) {
        socket = Netns.call(lab.host(host).pid(), ServiceManagerStandIn::listen);
        reader = new Thread(this::read, lab.name() + "-service-manager");
        reader.setDaemon(true);
        reader.start();
    }

    private static Fd listen() {
        var listening = Fd.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM, 0);
        listening.readTimeoutMillis(READ_TIMEOUT_MILLIS);
        var name = SOCKET.replace('@', '\0').getBytes(StandardCharsets.UTF_8);
        var address = ByteBuffer.allocate(2 + name.length).order(ByteOrder.nativeOrder());
        address.putShort((short) Libc.AF_UNIX).put(name);
        Libc.bind(listening.number(), address.array(), address.capacity());
        return listening;
    }

    private void read() {
        var data = ByteBuffer.allocateDirect(4096);
        while (open) {
            try {
                int length = (int) Libc.recv(socket.number(), data.clear(), data.capacity(), 0);
                long at = Times.now();
                synchronized (lines) {
                    StandardCharsets.UTF_8
                            .decode(data.limit(length))
                            .toString()
                            .lines()
                            .forEach(text -> lines.add(new Line(at, text)));
                }
            } catch (LastErrorException nothing) {
                // the time limit, so that the thread can end
            }
        }
        socket.close();
    }

    /** Every line that begins so, oldest first. */
    List<Line> heard(String beginning) {
        synchronized (lines) {
            return lines.stream()
                    .filter(line -> line.text().startsWith(beginning))
                    .toList();
        }
    }

    void await(String text, Duration limit) {
        Await.until("the service manager hears " + text, limit, () -> heard(text).stream()
                .anyMatch(line -> line.text().equals(text)));
    }

    @Override
    public void close() {
        open = false;
        try {
            reader.join(5 * READ_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
