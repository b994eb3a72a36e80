package io.halcyon.transport.pcap;

import io.halcyon.linux.frame.Ipv4Header;
import io.halcyon.linux.frame.NeighborAdvertisement;
import io.halcyon.linux.socket.PacketSocket;
import io.halcyon.linux.socket.RawSocket;
import io.halcyon.linux.socket.Wakeup;
import io.halcyon.spi.link.Link;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * All descriptors of one channel, opened together so that they are in one namespace, and closed together.
 *
 * <p>A capture by itself joins no group, so a network card would not let a single advert through; and a host that has no
 * socket of protocol 112 answers unicast adverts with ICMP protocol unreachable. The raw socket is there for both, and hears
 * nothing.
 */
final class Sockets {

    /** The longest advert: 255 addresses and a password, all options of IPv4, a VLAN tag. */
    private static final int ADVERT_SNAP = 1_152;

    private static final int ANNOUNCEMENT_SNAP = 128;

    /** Some three thousand adverts. */
    private static final int ADVERT_BUFFER = 4 << 20;

    /** Some five thousand announcements. */
    private static final int ANNOUNCEMENT_BUFFER = 1 << 20;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final PacketSocket announcing;
    private final Capture adverts;
    private final Capture announcements;
    private final Wakeup wakeup;

    Sockets(Libpcap library, Link link) throws IOException {
        library.require();
        try {
            RawSocket member = keep(RawSocket.open(Ipv4Header.PROTOCOL_VRRP, link.index()));
            member.ignoreAll();
            member.join(Ipv4Header.VRRP_GROUP);
            announcing = keep(PacketSocket.open(link.index())).sendOnly();
            announcing.joinMulticast(NeighborAdvertisement.allNodesMac());
            adverts = keep(Capture.open(library, link.name(), ADVERT_SNAP, ADVERT_BUFFER, Advertisements.FILTER));
            announcements = keep(
                    Capture.open(library, link.name(), ANNOUNCEMENT_SNAP, ANNOUNCEMENT_BUFFER, WatchFilter.NOTHING));
            wakeup = keep(new Wakeup());
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    /** For announcements: a thousand at once need a larger send buffer than a capture has. */
    PacketSocket announcing() {
        return announcing;
    }

    /** For adverts, both ways. */
    Capture adverts() {
        return adverts;
    }

    /** For announcements of others. */
    Capture announcements() {
        return announcements;
    }

    Wakeup wakeup() {
        return wakeup;
    }

    void close() {
        for (AutoCloseable socket = open.poll(); socket != null; socket = open.poll()) {
            try {
                socket.close();
            } catch (Exception impossible) {
                throw new AssertionError("closing a socket throws nothing", impossible);
            }
        }
    }

    private <S extends AutoCloseable> S keep(S socket) {
        open.push(socket);
        return socket;
    }
}
