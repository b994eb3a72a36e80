package io.halcyon.transport.raw;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.SocketReader;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.ChannelListener;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The receiving half of a channel: what its sockets mean to the listener. */
final class Reception {

    private final Conflicts conflicts;
    private final Announcements ipv4;
    private final Announcements ipv6;
    private final SocketReader reader;

    Reception(Link link, ChannelListener listener, Sockets sockets) throws LinuxException {
        conflicts = new Conflicts(sockets.ip(), link, listener);
        ipv4 = Announcements.ofIpv4(sockets.arp(), link, listener);
        ipv6 = Announcements.ofIpv6(sockets.ipv6(), link, listener);
        reader = new SocketReader(
                link.name(),
                sockets.ip()::linkState,
                sockets.wakeup(),
                List.of(new Advertisements(sockets.vrrp(), link.index(), listener), conflicts, ipv4, ipv6),
                listener::onBroken);
    }

    void start() {
        reader.start();
    }

    /** Reads everything that has arrived. */
    void drain() {
        reader.drain();
    }

    void watch(Collection<InetAddress> addresses) throws IOException {
        reader.change(() -> {
            ipv4.watch(only(Inet4Address.class, addresses));
            ipv6.watch(only(Inet6Address.class, addresses));
        });
    }

    void update(Link present) throws IOException {
        reader.change(() -> {
            conflicts.update(present);
            ipv4.update(present);
            ipv6.update(present);
        });
    }

    /** When it returns, the listener is not being called and will not be, and no socket is in use. */
    void close() {
        reader.close();
    }

    private static Set<InetAddress> only(Class<? extends InetAddress> family, Collection<InetAddress> all) {
        return all.stream().filter(family::isInstance).collect(Collectors.toUnmodifiableSet());
    }
}
