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
import org.jspecify.annotations.Nullable;

/** The one channel of an interface that all routers there share. Owned by the loop; what arrives is posted to it. */
final class LinkChannel implements ChannelListener {

    /** What a channel tells the loop, already on the loop's thread. */
    interface Upcall {
        void packet(LinkChannel channel, Packet packet);

        void announcement(LinkChannel channel, InetAddress address);

        void conflict(LinkChannel channel, InetAddress source, MacAddress mac);

        void broken(LinkChannel channel, String cause);
    }

    /** More than the kernel keeps for us during a stall; a flood beyond it is dropped and counted. */
    private static final int MOST_WAITING_PACKETS = 4_096;

    private final AtomicInteger waiting = new AtomicInteger();
    private final Transport transport;
    private Link link;
    private final Consumer<Runnable> mailbox;
    private final Upcall upcall;
    private final Counters strays = new Counters();
    private final Map<LoopRouter, Set<InetAddress>> watched = new HashMap<>();
    private @Nullable Channel channel;

    LinkChannel(Transport transport, Link link, Consumer<Runnable> mailbox, Upcall upcall) {
        this.transport = transport;
        this.link = link;
        this.mailbox = mailbox;
        this.upcall = upcall;
    }

    void open() throws IOException {
        channel = transport.open(link, this);
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

    /** The open channel. */
    Channel channel() throws IOException {
        if (channel == null) {
            throw new IOException("the channel of " + link.name() + " is closed");
        }
        return channel;
    }

    /** Passes on the interface's present addresses, once for all routers here. */
    void update(Link now) {
        if (channel == null || now.equals(link)) {
            return;
        }
        link = now;
        try {
            channel.update(now);
        } catch (IOException e) {
            strays.count("UPDATE_FAILED");
        }
    }

    void drain() {
        if (channel != null) {
            channel.drain();
        }
    }

    /** Sets whose announcements a router wants to hear of; an empty collection ends it. */
    void watch(LoopRouter router, Collection<InetAddress> addresses) throws IOException {
        if (addresses.isEmpty()) {
            watched.remove(router);
        } else {
            watched.put(router, new HashSet<>(addresses));
        }
        Set<InetAddress> all = new HashSet<>();
        watched.values().forEach(all::addAll);
        channel().watchAnnouncements(all);
    }

    void close() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    @Override
    public void onPacket(Packet packet) {
        if (waiting.incrementAndGet() > MOST_WAITING_PACKETS) {
            waiting.decrementAndGet();
            strays.count("OVERRUN");
            return;
        }
        mailbox.accept(() -> {
            waiting.decrementAndGet();
            upcall.packet(this, packet);
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
