package io.halcyon.transport.raw;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.frame.Ipv4Header;
import io.halcyon.linux.frame.Words;
import io.halcyon.linux.socket.PacketFilter;
import io.halcyon.linux.socket.PacketSocket;
import io.halcyon.linux.socket.Source;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.ChannelListener;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * VRRP frames from the wire with one of our own addresses as their source. The kernel's IP layer drops them before a raw
 * socket could see them. The reader's lock guards it.
 */
final class Conflicts implements Source {

    private static final int SOURCE_MAC = 6;
    private static final int PROTOCOL = 23;
    private static final int SOURCE = 26;
    private static final int SHORTEST = 34;

    private final PacketSocket socket;
    private final ChannelListener listener;
    private Set<InetAddress> ours;

    Conflicts(PacketSocket socket, Link link, ChannelListener listener) throws LinuxException {
        this.socket = socket;
        this.listener = listener;
        ours = ipv4(link);
        socket.listen(PacketSocket.ETH_P_IP, filter(ours));
    }

    void update(Link link) throws LinuxException {
        Set<InetAddress> present = ipv4(link);
        if (!present.equals(ours)) {
            socket.filter(filter(present));
            ours = present;
        }
    }

    @Override
    public PacketSocket socket() {
        return socket;
    }

    @Override
    public boolean readOne() throws LinuxException {
        int length = socket.receive();
        if (length >= SHORTEST) {
            ByteBuffer frame = socket.data();
            InetAddress source = Ipv4Header.address(frame, SOURCE);
            if (ours.contains(source)) {
                byte[] mac = new byte[6];
                frame.get(SOURCE_MAC, mac);
                listener.onConflict(source, MacAddress.of(mac));
            }
        }
        return length != PacketSocket.NOTHING;
    }

    private static Set<InetAddress> ipv4(Link link) {
        return link.addresses().stream()
                .map(Link.Address::address)
                .filter(Inet4Address.class::isInstance)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static PacketFilter filter(Set<InetAddress> ours) {
        List<Integer> words = Words.last(ours);
        return words.isEmpty()
                ? PacketFilter.NOTHING
                : PacketFilter.builder()
                        .incoming()
                        .byteAt(PROTOCOL, Ipv4Header.PROTOCOL_VRRP)
                        .oneOfWordsAt(SOURCE, words);
    }
}
