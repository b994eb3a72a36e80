package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.MacAddress;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Packet;
import io.halcyon.spi.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one channel of an interface that all routers there share. Owned by the loop; what arrives is posted to it.
 *
 * <p>It is opened and closed on the transport's own thread: one that hangs there holds up no advertisement.
 */
final class LinkChannel implements ChannelListener {

    /** What a channel tells the loop, already on the loop's thread. */
    interface Upcall {
        void opened(LinkChannel channel);

        /** It could not be opened. */
        void failed(LinkChannel channel, String cause);

        /** A packet came in at that moment on the monotonic clock. */
        void packet(LinkChannel channel, Packet packet, long arrivedNanos);

        void announcement(LinkChannel channel, InetAddress address);

        void conflict(LinkChannel channel, InetAddress source, MacAddress mac);

        void broken(LinkChannel channel, String cause);
    }

    /** More than the kernel keeps for us during a stall; a flood beyond it is dropped and counted. */
    private static final int MOST_WAITING_PACKETS = 4_096;

    private final AtomicInteger waiting = new AtomicInteger();
    private final Transport transport;
    private final Worker worker;
    private final LongSupplier monotonic;
    private final long askedNanos;
    private final Consumer<Runnable> mailbox;
    private final Upcall upcall;
    private final Counters strays = new Counters();
    private final Map<LoopRouter, Set<InetAddress>> watched = new HashMap<>();
    private Link link;
    private @Nullable Channel channel;

    /** Between the worker, which opens, and the loop, which may have closed by then and have ended the worker. */
    private final Object gate = new Object();

    private @Nullable Channel toBeClosed;
    private boolean closed;

    /**
     * Asks for the channel.
     *
     * @param worker thread of the transport
     * @param monotonic clock
     */
    LinkChannel(
            Transport transport,
            Worker worker,
            Link link,
            LongSupplier monotonic,
            Consumer<Runnable> mailbox,
            Upcall upcall) {
        this.transport = transport;
        this.worker = worker;
        this.link = link;
        this.monotonic = monotonic;
        this.askedNanos = monotonic.getAsLong();
        this.mailbox = mailbox;
        this.upcall = upcall;
        worker.add(() -> open(link));
    }

    /** On the worker. */
    private void open(Link then) {
        try {
            Channel opened = new GuardedChannel(transport.open(then, this));
            if (keep(opened)) {
                mailbox.accept(() -> opened(opened, then));
            } else {
                opened.close();
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            String said = e instanceof IOException ? e.getMessage() : null;
            String cause = said == null ? e.toString() : said;
            mailbox.accept(() -> upcall.failed(this, cause));
        }
    }

    /** Whether somebody wants it still; if so, {@link #close} closes it, also before the loop has heard of it. */
    private boolean keep(Channel opened) {
        synchronized (gate) {
            if (!closed) {
                toBeClosed = opened;
            }
            return !closed;
        }
    }

    private void opened(Channel opened, Link then) {
        if (isClosed()) {
            return;
        }
        channel = opened;
        if (!link.equals(then)) {
            tell(opened);
        }
        try {
            watch();
        } catch (IOException e) {
            strays.count("WATCH_FAILED");
        }
        upcall.opened(this);
    }

    Transport transport() {
        return transport;
    }

    Link link() {
        return link;
    }

    Counters strays() {
        return strays;
    }

    boolean isOpen() {
        return channel != null;
    }

    /** When it was asked for. */
    long askedNanos() {
        return askedNanos;
    }

    /** The open channel. */
    Channel channel() throws IOException {
        if (channel == null) {
            throw new IOException("the channel of " + link.name() + " is closed");
        }
        return channel;
    }

    /** Passes on the interface's present addresses, once for all routers here. */
    void update(Link now) {
        if (now.equals(link)) {
            return;
        }
        link = now;
        if (channel != null) {
            tell(channel);
        }
    }

    private void tell(Channel open) {
        try {
            open.update(link);
        } catch (IOException e) {
            strays.count("UPDATE_FAILED");
        }
    }

    void drain() {
        if (channel != null) {
            channel.drain();
        }
    }

    /** Sets whose announcements a router wants to hear of, now or when the channel opens; an empty collection ends it. */
    void watch(LoopRouter router, Collection<InetAddress> addresses) throws IOException {
        if (addresses.isEmpty()) {
            watched.remove(router);
        } else {
            watched.put(router, new HashSet<>(addresses));
        }
        watch();
    }

    private void watch() throws IOException {
        if (channel != null) {
            Set<InetAddress> all = new HashSet<>();
            watched.values().forEach(all::addAll);
            channel.watchAnnouncements(all);
        }
    }

    private boolean isClosed() {
        synchronized (gate) {
            return closed;
        }
    }

    void close() {
        channel = null;
        synchronized (gate) {
            closed = true;
            if (toBeClosed != null) {
                worker.add(toBeClosed::close);
                toBeClosed = null;
            }
        }
    }

    @Override
    public void onPacket(Packet packet) {
        onPacket(packet, 0);
    }

    @Override
    public void onPacket(Packet packet, long ageNanos) {
        if (waiting.incrementAndGet() > MOST_WAITING_PACKETS) {
            waiting.decrementAndGet();
            strays.count("OVERRUN");
            return;
        }
        // What it takes to the loop must not be added to the time within which the next one has to come.
        long arrivedNanos = monotonic.getAsLong() - ageNanos;
        mailbox.accept(() -> {
            waiting.decrementAndGet();
            upcall.packet(this, packet, arrivedNanos);
        });
    }

    @Override
    public void onAnnouncement(InetAddress address, MacAddress mac) {
        mailbox.accept(() -> upcall.announcement(this, address));
    }

    @Override
    public void onConflict(InetAddress source, MacAddress mac) {
        mailbox.accept(() -> upcall.conflict(this, source, mac));
    }

    @Override
    public void onStray(String kind) {
        strays.count(kind);
    }

    @Override
    public void onBroken(String cause) {
        mailbox.accept(() -> upcall.broken(this, cause));
    }
}
