package io.halcyon.transport.raw;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.LinkState;
import io.halcyon.linux.socket.Poller;
import io.halcyon.linux.socket.Wakeup;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.ChannelListener;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a channel: all its sockets and the one thread that waits for them.
 *
 * <p>The thread waits without taking anything off a queue. Reading happens under the lock, by that thread or by whoever
 * drains, so packets are handed over in order and {@link #close} knows when the listener has been left alone.
 */
final class Reception {

    /** A full queue holds fewer; whoever drains under a flood gets away after this many. */
    private static final int MOST_AT_ONCE = 16_384;

    private static final int DOWN_CHECK_MILLIS = 250;

    // Fair, so that a flood that keeps the thread reading cannot keep a caller of drain out.
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Link link;
    private final ChannelListener listener;
    private final Wakeup wakeup;
    private final Conflicts conflicts;
    private final Announcements ipv4;
    private final Announcements ipv6;
    private final List<Source> sources;
    private final Poller poller;
    private final Thread thread;
    private volatile boolean down;
    private volatile boolean over;

    Reception(Link link, ChannelListener listener, Sockets sockets) throws LinuxException {
        this.link = link;
        this.listener = listener;
        wakeup = sockets.wakeup();
        conflicts = new Conflicts(sockets.ip(), link, listener);
        ipv4 = Announcements.ofIpv4(sockets.arp(), link, listener);
        ipv6 = Announcements.ofIpv6(sockets.ipv6(), link, listener);
        sources = List.of(new Advertisements(sockets.vrrp(), link.index(), listener), conflicts, ipv4, ipv6);
        poller = new Poller(wakeup, sockets.vrrp(), sockets.ip(), sockets.arp(), sockets.ipv6());
        thread = new Thread(this::receive, "vrrp-rx-" + link.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Reads everything that has arrived. */
    void drain() {
        lock.lock();
        try {
            read();
        } finally {
            lock.unlock();
        }
    }

    void watch(Collection<InetAddress> addresses) throws LinuxException {
        lock.lock();
        try {
            if (!over) {
                ipv4.watch(only(Inet4Address.class, addresses));
                ipv6.watch(only(Inet6Address.class, addresses));
            }
        } finally {
            lock.unlock();
        }
    }

    void update(Link present) throws LinuxException {
        lock.lock();
        try {
            if (!over) {
                conflicts.update(present);
                ipv4.update(present);
                ipv6.update(present);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread. When it returns, the listener is not being called and will not be, and no socket is in use. */
    void close() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
        wakeup.wake();
        awaitEnd();
    }

    private void receive() {
        try {
            while (!over) {
                poller.await(down ? DOWN_CHECK_MILLIS : Poller.FOR_EVER);
                drain();
            }
        } catch (LinuxException failure) {
            breakWith(failure.getMessage());
        } catch (RuntimeException failure) {
            breakWith("the listener failed: " + failure);
        }
    }

    private void read() {
        try {
            for (Source source : sources) {
                readAll(source);
            }
            if (down) {
                look();
            }
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.ENETDOWN) {
                look();
            } else {
                breakWith(failure.getMessage());
            }
        }
    }

    private void readAll(Source source) throws LinuxException {
        int most = MOST_AT_ONCE;
        while (!over && most-- > 0 && source.readOne()) {
            // Each turn hands over one packet.
        }
    }

    /** The kernel says once that the interface went down, but not when it vanishes after that. */
    private void look() {
        if (over) {
            return;
        }
        LinkState state = conflicts.socket().linkState();
        down = state == LinkState.DOWN;
        if (state == LinkState.GONE) {
            breakWith("interface " + link.name() + " is gone");
        }
    }

    private void breakWith(@Nullable String cause) {
        lock.lock();
        try {
            if (!over) {
                over = true;
                listener.onBroken(String.valueOf(cause));
            }
        } finally {
            lock.unlock();
        }
    }

    private static Set<InetAddress> only(Class<? extends InetAddress> family, Collection<InetAddress> all) {
        return all.stream().filter(family::isInstance).collect(Collectors.toUnmodifiableSet());
    }

    private void awaitEnd() {
        // A listener that closes its own channel is called by the thread that ends after it.
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
