package io.halcyon.transport.pcap;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.frame.Ipv4Header;
import io.halcyon.linux.frame.Ipv4Packet;
import io.halcyon.linux.socket.Pollable;
import io.halcyon.linux.socket.Source;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Packet;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * VRRP packets that come in, and those that come from one of our own addresses. What the kernel's IP layer would have looked
 * at before a socket sees a packet is looked at here. The reader's lock guards it.
 */
final class Advertisements implements Source {

    /** Whole packets only: adverts are never longer than a frame. The protocol is VRRP's. */
    static final String FILTER = "ip proto 112 and ip[6:2] & 0x3fff = 0";

    private final Capture capture;
    private final ChannelListener listener;
    private Set<InetAddress> ours;
    private MacAddress mac;

    Advertisements(Capture capture, Link link, ChannelListener listener) {
        this.capture = capture;
        this.listener = listener;
        ours = ipv4(link);
        mac = link.mac();
    }

    void update(Link link) {
        ours = ipv4(link);
        mac = link.mac();
    }

    @Override
    public Pollable socket() {
        return capture;
    }

    @Override
    public boolean readOne() throws IOException {
        ByteBuffer data = capture.receive();
        if (data == null) {
            return false;
        }
        Frame frame = Frame.of(data);
        if (frame.etherType() == Frame.IPV4 && frame.isFor(mac)) {
            hear(frame);
        }
        return true;
    }

    private void hear(Frame frame) {
        ByteBuffer header = frame.data().duplicate().position(Frame.HEADER);
        Ipv4Packet packet = Ipv4Header.read(header);
        if (packet == null) {
            listener.onStray("truncated header");
        } else if (!Ipv4Header.isChecksumRight(header)) {
            listener.onStray("wrong header checksum");
        } else if (ours.contains(packet.source())) {
            listener.onConflict(packet.source(), frame.source());
        } else if (packet.destination().equals(Ipv4Header.VRRP_GROUP) || ours.contains(packet.destination())) {
            listener.onPacket(
                    new Packet(packet.source(), packet.destination(), packet.ttl(), packet.message()),
                    capture.ageNanos());
        }
    }

    private static Set<InetAddress> ipv4(Link link) {
        return link.addresses().stream()
                .map(Link.Address::address)
                .filter(Inet4Address.class::isInstance)
                .collect(Collectors.toUnmodifiableSet());
    }
}
