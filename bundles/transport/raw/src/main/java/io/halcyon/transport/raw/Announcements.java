package io.halcyon.transport.raw;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.frame.GratuitousArp;
import io.halcyon.linux.frame.Ipv4Header;
import io.halcyon.linux.frame.NeighborAdvertisement;
import io.halcyon.linux.frame.Words;
import io.halcyon.linux.socket.PacketFilter;
import io.halcyon.linux.socket.PacketSocket;
import io.halcyon.linux.socket.Source;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.ChannelListener;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * Announcements of others for addresses of one family. The reader's lock guards it.
 *
 * <p>Any ARP packet with a watched sender address counts: whoever asks as that address, uses it.
 */
final class Announcements implements Source {

    private static final int ETHERNET_SOURCE = 6;

    private final PacketSocket socket;
    private final boolean arp;
    private final ChannelListener listener;
    private Set<InetAddress> watched = Set.of();
    private MacAddress ownMac;
    private boolean listening;

    private Announcements(PacketSocket socket, boolean arp, Link link, ChannelListener listener) {
        this.socket = socket;
        this.arp = arp;
        this.listener = listener;
        ownMac = link.mac();
    }

    static Announcements ofIpv4(PacketSocket socket, Link link, ChannelListener listener) {
        return new Announcements(socket, true, link, listener);
    }

    static Announcements ofIpv6(PacketSocket socket, Link link, ChannelListener listener) {
        return new Announcements(socket, false, link, listener);
    }

    /** A socket that was never needed is never attached to the interface. */
    void watch(Set<InetAddress> addresses) throws LinuxException {
        if (listening) {
            socket.filter(filter(addresses));
        } else if (!addresses.isEmpty()) {
            listen(addresses);
        }
        watched = addresses;
    }

    void update(Link link) {
        ownMac = link.mac();
    }

    @Override
    public PacketSocket socket() {
        return socket;
    }

    @Override
    public boolean readOne() throws LinuxException {
        int length = socket.receive();
        if (length >= (arp ? GratuitousArp.LENGTH : NeighborAdvertisement.SHORTEST)) {
            ByteBuffer frame = socket.data();
            InetAddress address =
                    arp ? Ipv4Header.address(frame, GratuitousArp.SENDER_ADDRESS) : NeighborAdvertisement.target(frame);
            byte[] octets = new byte[6];
            frame.get(arp ? GratuitousArp.SENDER_MAC : ETHERNET_SOURCE, octets);
            MacAddress mac = MacAddress.of(octets);
            if (watched.contains(address) && !mac.equals(ownMac)) {
                listener.onAnnouncement(address, mac);
            }
        }
        return length != PacketSocket.NOTHING;
    }

    private void listen(Set<InetAddress> addresses) throws LinuxException {
        socket.listen(arp ? PacketSocket.ETH_P_ARP : PacketSocket.ETH_P_IPV6, filter(addresses));
        listening = true;
        if (!arp) {
            // Binding alone does not open the hardware's filter, and IPv6 may be off on this interface.
            socket.joinMulticast(NeighborAdvertisement.allNodesMac());
        }
    }

    private PacketFilter filter(Set<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            return PacketFilter.NOTHING;
        }
        return arp ? arpFilter(Words.last(addresses)) : advertisementFilter(Words.last(addresses));
    }

    private static PacketFilter arpFilter(List<Integer> words) {
        return PacketFilter.builder()
                .incoming()
                .halfAt(16, 0x0800) // protocol: IPv4
                .halfAt(18, 0x0604) // lengths of the two kinds of address
                .oneOfWordsAt(GratuitousArp.SENDER_ADDRESS, words);
    }

    private static PacketFilter advertisementFilter(List<Integer> words) {
        return PacketFilter.builder()
                .incoming()
                .byteAt(20, 58) // next header: ICMPv6
                .byteAt(21, 255) // hop limit: RFC 4861 section 7.1.2, it cannot come from beyond the link
                .byteAt(54, 136) // type: neighbor advertisement
                .oneOfWordsAt(NeighborAdvertisement.TARGET + 12, words);
    }
}
