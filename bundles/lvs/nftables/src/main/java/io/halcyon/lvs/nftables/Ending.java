package io.halcyon.lvs.nftables;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.frame.TcpQuestion;
import io.halcyon.linux.netlink.TrackedConnection;
import io.halcyon.linux.socket.PacketSender;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * TCP connections that end now. Connection tracking keeps them for some seconds: what their servers say still goes to the clients
 * as from the virtual server, and the acknowledgment is answered with a reset ({@link Resets}). Clients that nobody says anything
 * to are asked, so that they say something. One thread owns it.
 */
final class Ending implements AutoCloseable {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Hosts answer such questions twice a second at most. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(550);

    private static final int QUESTIONS = 4;

    /** Connections that began to end at the same time. */
    private static final class Batch {
        private final List<TrackedConnection> connections;
        private final long untilNanos;
        private int asked;
        private long askNanos;

        Batch(List<TrackedConnection> connections, long nowNanos) {
            this.connections = connections;
            this.untilNanos = nowNanos + LIMIT_NANOS;
            this.askNanos = nowNanos;
        }
    }

    private final List<Batch> batches = new ArrayList<>();
    private final Random random = new Random();
    private @Nullable PacketSender ipv4;
    private @Nullable PacketSender ipv6;

    boolean isEmpty() {
        return batches.isEmpty();
    }

    void add(List<TrackedConnection> connections, long nowNanos) {
        batches.add(new Batch(List.copyOf(connections), nowNanos));
    }

    /** Leaves those out that were added last. */
    void removeLast() {
        batches.remove(batches.size() - 1);
    }

    List<TrackedConnection> all() {
        return batches.stream().flatMap(batch -> batch.connections.stream()).toList();
    }

    /** Takes those out of which nothing more can become. */
    List<TrackedConnection> takeOver(long nowNanos) {
        var over = batches.stream()
                .filter(batch -> nowNanos - batch.untilNanos >= 0)
                .toList();
        batches.removeAll(over);
        return over.stream().flatMap(batch -> batch.connections.stream()).toList();
    }

    /**
     * Asks clients in the name of their virtual servers.
     *
     * @throws LinuxException if that is not possible at all
     */
    void ask(long nowNanos) throws LinuxException {
        for (var batch : batches) {
            if (batch.asked < QUESTIONS && nowNanos - batch.askNanos >= 0) {
                batch.asked++;
                batch.askNanos = nowNanos + PAUSE_NANOS;
                ask(batch.connections);
            }
        }
    }

    private void ask(Collection<TrackedConnection> connections) throws LinuxException {
        for (var one : connections) {
            var question = TcpQuestion.of(
                    one.destination(), one.destinationPort(), one.client(), one.clientPort(), random.nextInt());
            var sender = sender(one.client() instanceof Inet6Address);
            try {
                sender.send(question, one.client());
            } catch (LinuxException thisOneOnly) {
                // No route to it, or too many at once: it is asked again.
            }
        }
    }

    private PacketSender sender(boolean six) throws LinuxException {
        var open = six ? ipv6 : ipv4;
        if (open == null) {
            open = PacketSender.open(six);
            if (six) {
                ipv6 = open;
            } else {
                ipv4 = open;
            }
        }
        return open;
    }

    @Override
    public void close() {
        if (ipv4 != null) {
            ipv4.close();
        }
        if (ipv6 != null) {
            ipv6.close();
        }
    }
}
