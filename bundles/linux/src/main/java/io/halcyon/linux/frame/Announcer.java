package io.halcyon.linux.frame;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.Outbox;
import io.halcyon.linux.socket.PacketSocket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** Sends one announcement per address, for several callers at the same time. Thread-safe. */
public final class Announcer implements AutoCloseable {

    /** With more of them a call costs each frame no less. */
    private static final int FRAMES_PER_CALL = 64;

    // Made with this object, and not in the middle of the first takeover, as the JVM would.
    private final Function<Outbox, List<LinuxException>> sending;

    private final Function<Outbox, List<LinuxException>> rehearsing;
    /** As many as there ever were callers at the same time. */
    private final Deque<Outbox> unused = new ConcurrentLinkedDeque<>();

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /** One that sends through a socket, which is its owner's. */
    public Announcer(PacketSocket socket) {
        sending = socket::send;
        rehearsing = socket::rehearse;
    }

    /**
     * Announces addresses as those of an interface.
     *
     * @param name of the interface
     * @param mac its six octets
     * @throws IOException if the kernel refuses one; the others were sent. Also after {@link #close}
     */
    public void announce(String name, byte[] mac, Collection<InetAddress> addresses) throws IOException {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IOException("the channel on " + name + " is closed");
            }
            report(name, addresses.size(), frames(name, mac, addresses, sending));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Goes through what {@link #announce} would do, and sends nothing; nothing at all after {@link #close}. */
    public void rehearse(String name, byte[] mac, Collection<InetAddress> addresses) {
        lock.readLock().lock();
        try {
            if (!closed) {
                frames(name, mac, addresses, rehearsing);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for those who are announcing; nobody uses the socket after it. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Makes the frames, as many at a time as leave with one call. */
    private List<LinuxException> frames(
            String name, byte[] mac, Collection<InetAddress> addresses, Function<Outbox, List<LinuxException>> way) {
        Outbox mine = unused.poll();
        Outbox outbox = mine == null ? new Outbox(FRAMES_PER_CALL, NeighborAdvertisement.LENGTH) : mine;
        GratuitousArp arp = new GratuitousArp(mac);
        NeighborAdvertisement advertisement = null;
        List<LinuxException> failures = new ArrayList<>(0);
        for (InetAddress address : addresses) {
            if (address instanceof Inet4Address ipv4) {
                outbox.add(arp.of(ipv4), GratuitousArp.LENGTH);
            } else if (address instanceof Inet6Address ipv6) {
                advertisement =
                        advertisement == null ? new NeighborAdvertisement(mac, forwarding(name)) : advertisement;
                outbox.add(advertisement.of(ipv6), NeighborAdvertisement.LENGTH);
            }
            if (outbox.isFull()) {
                failures.addAll(way.apply(outbox));
            }
        }
        failures.addAll(way.apply(outbox));
        unused.push(outbox);
        return failures;
    }

    private static void report(String name, int all, List<LinuxException> failures) throws IOException {
        if (!failures.isEmpty()) {
            LinuxException first = failures.get(0);
            String count = failures.size() + " of " + all + " announcements on " + name;
            throw new IOException(count + " failed: " + first.getMessage(), first);
        }
    }

    /** Whether the kernel forwards IPv6 from this interface; in the namespace of the calling thread. */
    private static boolean forwarding(String name) {
        try {
            return Files.readString(Path.of("/proc/sys/net/ipv6/conf", name, "forwarding"))
                    .startsWith("1");
        } catch (IOException noIpv6) {
            return false;
        }
    }
}
