package io.halcyon.testkit;

import io.halcyon.api.net.MacAddress;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Packet;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers in order what a channel said. Thread-safe. */
public final class ChannelRecorder implements ChannelListener {

    /** Something that was heard. */
    public sealed interface Heard {
        record Vrrp(Packet packet, Thread thread) implements Heard {}

        record Announcement(InetAddress address, MacAddress mac) implements Heard {}

        record Conflict(InetAddress source, MacAddress mac) implements Heard {}

        record Stray(String kind) implements Heard {}

        record Broken(String cause) implements Heard {}
    }

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Heard> heard = new ArrayList<>();
    private final Runnable atPacket;

    public ChannelRecorder() {
        this(() -> {});
    }

    /** A recorder that does something at each VRRP packet, on the channel's thread, after it wrote it down. */
    public ChannelRecorder(Runnable atPacket) {
        this.atPacket = atPacket;
    }

    @Override
    public void onPacket(Packet packet) {
        add(new Heard.Vrrp(packet, Thread.currentThread()));
        atPacket.run();
    }

    @Override
    public void onAnnouncement(InetAddress address, MacAddress mac) {
        add(new Heard.Announcement(address, mac));
    }

    @Override
    public void onConflict(InetAddress source, MacAddress mac) {
        add(new Heard.Conflict(source, mac));
    }

    @Override
    public void onStray(String kind) {
        add(new Heard.Stray(kind));
    }

    @Override
    public void onBroken(String cause) {
        add(new Heard.Broken(cause));
    }

    /** Everything so far. */
    public List<Heard> heard() {
        lock.lock();
        try {
            return List.copyOf(heard);
        } finally {
            lock.unlock();
        }
    }

    /** Everything of one kind so far. */
    public <H extends Heard> List<H> heard(Class<H> kind) {
        return heard().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The VRRP packets so far. */
    public List<Packet> packets() {
        return heard(Heard.Vrrp.class).stream().map(Heard.Vrrp::packet).toList();
    }

    /**
     * Waits until so much of one kind was heard.
     *
     * @throws AssertionError after five seconds
     */
    public <H extends Heard> List<H> await(Class<H> kind, int count) throws InterruptedException {
        long left = LIMIT.toNanos();
        lock.lock();
        try {
            while (heard(kind).size() < count) {
                if (left <= 0) {
                    throw new AssertionError("waited for " + count + " " + kind.getSimpleName() + ", heard " + heard);
                }
                left = changed.awaitNanos(left);
            }
            return heard(kind);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for one packet in all and returns it. */
    public Packet awaitPacket() throws InterruptedException {
        return await(Heard.Vrrp.class, 1).get(0).packet();
    }

    /** Whether nothing at all was heard for so long. */
    public boolean silentFor(long millis) throws InterruptedException {
        int before = heard().size();
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (left > 0 && heard.size() == before) {
                left = changed.awaitNanos(left);
            }
            return heard.size() == before;
        } finally {
            lock.unlock();
        }
    }

    private void add(Heard something) {
        lock.lock();
        try {
            heard.add(something);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
