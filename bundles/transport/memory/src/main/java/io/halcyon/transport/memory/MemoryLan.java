package io.halcyon.transport.memory;

import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Packet;
import io.halcyon.spi.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A LAN inside the JVM: nodes get a {@link Transport} each and hear one another, with as much loss, delay, duplication and
 * partition as a test wants. Interfaces of the same name are on the same segment.
 *
 * <p>Nothing is delivered from within a send. Under virtual time the test calls {@link #deliverUntil}; one seed and one
 * order of calls give one outcome. {@link #inRealTime} has a thread that does it. Everything sent is recorded.
 *
 * <p>Thread-safe. The lock guards the nodes, the weather and the record, and is never held while a listener is called.
 */
public final class MemoryLan implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier clock;
    private final Weather weather;
    private final Wire wire = new Wire();
    private final List<Port> ports = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, String> refusals = new HashMap<>();
    private Consumer<Sent> witness = message -> {};

    /**
     * A LAN under virtual time.
     *
     * @param clock read when something is sent; usually the node's {@code Host::monotonicNanos}
     * @param seed of all chance
     */
    public MemoryLan(LongSupplier clock, long seed) {
        this.clock = clock;
        weather = new Weather(seed);
    }

    /** A LAN that delivers by itself, on {@link System#nanoTime()}, until it is closed. */
    public static MemoryLan inRealTime(long seed) {
        MemoryLan lan = new MemoryLan(System::nanoTime, seed);
        Thread thread = new Thread(lan::deliverForEver, "memory-lan");
        thread.setDaemon(true);
        thread.start();
        return lan;
    }

    /** What a node plugs in; its name is {@code memory}. */
    public Transport transport(String node) {
        return new Transport() {
            @Override
            public String name() {
                return "memory";
            }

            @Override
            public Port open(Link link, ChannelListener listener) {
                return locked(() -> {
                    Port port = new Port(MemoryLan.this, node, link, listener);
                    ports.add(port);
                    return port;
                });
            }
        };
    }

    /** Sets the conditions between all nodes. */
    public void conditions(Conditions everywhere) {
        run(() -> weather.everywhere(everywhere));
    }

    /** Sets the conditions of one direction between two nodes. */
    public void conditions(String from, String to, Conditions value) {
        run(() -> weather.between(from, to, value));
    }

    /** From now on {@code to} hears nothing of {@code from}; the other direction is not touched. */
    public void cut(String from, String to) {
        run(() -> weather.cut(from, to));
    }

    /** Parts these nodes from all others. */
    public void isolate(String... nodes) {
        run(() -> weather.island(List.of(nodes)));
    }

    /** Undoes every {@link #cut} and {@link #isolate}. */
    public void heal() {
        run(weather::heal);
    }

    /**
     * Stops handing anything to a node, as if its process were stopped: what arrives waits in its queue (the oldest
     * {@value Port#QUEUE_LIMIT} are kept) until {@link #thaw}, or until its loop drains the channel.
     */
    public void freeze(String node) {
        portsOf(node).forEach(port -> port.frozen(true));
    }

    /** Hands over what has waited. */
    public void thaw(String node) {
        portsOf(node).forEach(port -> port.frozen(false));
    }

    /** Makes every send of a node fail with this message; null lets them pass again. */
    public void refuseSends(String node, @Nullable String message) {
        run(() -> {
            if (message == null) {
                refusals.remove(node);
            } else {
                refusals.put(node, message);
            }
        });
    }

    /** Breaks the open channels of a node, as when its interface is gone. */
    public void breakChannels(String node, String cause) {
        portsOf(node).forEach(port -> port.broken(cause));
    }

    /** Puts a packet in front of a node, as if it came from the wire just now, whoever may have sent it. */
    public void inject(String node, Packet packet) {
        portsOf(node).forEach(port -> wire.put(port, clock.getAsLong(), to -> to.hear(packet)));
    }

    /** Hands over everything that arrives up to this time, in order. */
    public void deliverUntil(long nanos) {
        for (Port port = wire.arrive(nanos); port != null; port = wire.arrive(nanos)) {
            port.handOver();
        }
    }

    /** When the next frame arrives; {@link Long#MAX_VALUE} if none is under way. */
    public long nextDelivery() {
        return wire.nextDelivery();
    }

    /** Everything sent since the start or the last {@link #forget}, in order. */
    public List<Sent> sent() {
        return locked(() -> List.copyOf(sent));
    }

    /** The adverts of one node. */
    public List<Sent.Advert> adverts(String node) {
        return ofKind(Sent.Advert.class, node);
    }

    /** The announcements of one node. */
    public List<Sent.Announcement> announcements(String node) {
        return ofKind(Sent.Announcement.class, node);
    }

    /** Empties the record. */
    public void forget() {
        run(sent::clear);
    }

    /** Tells of everything sent from now on, from the sender's thread; must return at once. */
    public void onSent(Consumer<Sent> listener) {
        run(() -> witness = listener);
    }

    /** Ends the delivery of {@link #inRealTime}. */
    @Override
    public void close() {
        wire.close();
    }

    void transmit(Port from, Sent message, Consumer<Port> content) throws IOException {
        Consumer<Sent> told;
        lock.lock();
        try {
            String refusal = ports.contains(from) ? refusals.get(from.node()) : "the channel is closed";
            if (refusal != null) {
                throw new IOException(refusal);
            }
            sent.add(message);
            told = witness;
            for (Port to : ports) {
                if (to.hears(from)) {
                    weather.arrivals(from.node(), to.node(), message.atNanos())
                            .forEach(due -> wire.put(to, due, content));
                }
            }
        } finally {
            lock.unlock();
        }
        told.accept(message);
    }

    /** Puts everything that has arrived by now into the queues. */
    void arriveUntilNow() {
        while (wire.arrive(clock.getAsLong()) != null) {
            // Each call moves one frame.
        }
    }

    long nanos() {
        return clock.getAsLong();
    }

    void remove(Port port) {
        run(() -> ports.remove(port));
        wire.forget(port);
    }

    private List<Port> portsOf(String node) {
        return locked(
                () -> ports.stream().filter(port -> port.node().equals(node)).toList());
    }

    private <S extends Sent> List<S> ofKind(Class<S> kind, String node) {
        return locked(() -> sent.stream()
                .filter(message -> kind.isInstance(message) && message.node().equals(node))
                .map(kind::cast)
                .toList());
    }

    private void run(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private void deliverForEver() {
        while (wire.await(clock)) {
            deliverUntil(clock.getAsLong());
        }
    }
}
