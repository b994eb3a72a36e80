package io.halcyon.transport.memory;

import io.halcyon.api.net.MacAddress;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Where one node is plugged in.
 *
 * <p>Any thread may hand over; the turn lock keeps the order and makes {@link #close} wait for a listener that is being
 * called. The LAN's lock may be taken inside it, never the other way round.
 */
final class Port implements Channel {

    static final int QUEUE_LIMIT = 1_000;
    private static final InetAddress VRRP_GROUP = address(224, 0, 0, 18);
    private static final int TTL = 255;

    private final MemoryLan lan;
    private final String node;
    private final ChannelListener listener;
    private final ReentrantLock turn = new ReentrantLock();
    private final ConcurrentLinkedQueue<Consumer<Port>> queue = new ConcurrentLinkedQueue<>();
    private volatile Link link;
    private volatile Set<InetAddress> watched = Set.of();
    private volatile boolean frozen;
    private volatile boolean closed;

    Port(MemoryLan lan, String node, Link link, ChannelListener listener) {
        this.lan = lan;
        this.node = node;
        this.link = link;
        this.listener = listener;
    }

    String node() {
        return node;
    }

    boolean hears(Port other) {
        return !node.equals(other.node) && link.name().equals(other.link.name());
    }

    @Override
    public void send(InetAddress source, byte[] message) throws IOException {
        byte[] kept = message.clone();
        MacAddress mac = link.mac();
        Sent.Advert advert = new Sent.Advert(lan.nanos(), node, link.name(), source, ByteBuffer.wrap(kept));
        lan.transmit(this, advert, to -> to.hear(source, mac, ByteBuffer.wrap(kept.clone())));
    }

    @Override
    public void announce(Collection<InetAddress> addresses) throws IOException {
        MacAddress mac = link.mac();
        for (InetAddress address : addresses) {
            Sent.Announcement announcement = new Sent.Announcement(lan.nanos(), node, link.name(), address);
            lan.transmit(this, announcement, to -> to.hear(address, mac));
        }
    }

    @Override
    public void watchAnnouncements(Collection<InetAddress> addresses) {
        watched = Set.copyOf(addresses);
    }

    @Override
    public void update(Link present) {
        link = present;
    }

    @Override
    public void drain() {
        lan.arriveUntilNow();
        handOverAll();
    }

    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            queue.clear();
        } finally {
            turn.unlock();
        }
        lan.remove(this);
    }

    void queue(Consumer<Port> content) {
        // A socket's queue keeps what came first.
        if (!frozen || queue.size() < QUEUE_LIMIT) {
            queue.add(content);
        }
    }

    void handOver() {
        if (!frozen) {
            handOverAll();
        }
    }

    void frozen(boolean value) {
        frozen = value;
        handOver();
    }

    void broken(String cause) {
        turn.lock();
        try {
            if (!closed) {
                listener.onBroken(cause);
            }
        } finally {
            turn.unlock();
        }
        lan.remove(this);
    }

    void hear(Packet packet) {
        listener.onPacket(packet);
    }

    private void hear(InetAddress source, MacAddress mac, ByteBuffer message) {
        // A host drops packets that carry its own address; the raw transport sees them through its packet socket.
        if (link.addresses().stream().anyMatch(ours -> ours.address().equals(source))) {
            listener.onConflict(source, mac);
        } else {
            listener.onPacket(new Packet(source, VRRP_GROUP, TTL, message));
        }
    }

    private void hear(InetAddress announced, MacAddress mac) {
        if (watched.contains(announced)) {
            listener.onAnnouncement(announced, mac);
        }
    }

    private void handOverAll() {
        turn.lock();
        try {
            for (Consumer<Port> next = queue.poll(); next != null && !closed; next = queue.poll()) {
                next.accept(this);
            }
        } finally {
            turn.unlock();
        }
    }

    private static InetAddress address(int... octets) {
        try {
            byte[] bytes = new byte[octets.length];
            for (int i = 0; i < octets.length; i++) {
                bytes[i] = (byte) octets[i];
            }
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
