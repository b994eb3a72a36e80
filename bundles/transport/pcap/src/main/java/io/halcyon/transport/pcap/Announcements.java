package io.halcyon.transport.pcap;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.frame.GratuitousArp;
import io.halcyon.linux.frame.Ipv4Header;
import io.halcyon.linux.frame.NeighborAdvertisement;
import io.halcyon.linux.socket.Pollable;
import io.halcyon.linux.socket.Source;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.ChannelListener;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Set;

/**
 * Announcements of others for watched addresses. The reader's lock guards it.
 *
 * <p>Any ARP packet with a watched sender address counts: whoever asks as that address, uses it.
 */
final class Announcements implements Source {

    private final Capture capture;
    private final ChannelListener listener;
    private Set<InetAddress> watched = Set.of();
    private MacAddress ownMac;

    Announcements(Capture capture, Link link, ChannelListener listener) {
        this.capture = capture;
        this.listener = listener;
        ownMac = link.mac();
    }

    /** What has come for the addresses so far is handed over first: libpcap puts what is queued through the new filter. */
    void watch(Collection<InetAddress> addresses) throws IOException {
        while (readOne()) {
            // Each turn hands over one frame.
        }
        capture.filter(WatchFilter.of(addresses));
        watched = Set.copyOf(addresses);
    }

    void update(Link link) {
        ownMac = link.mac();
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
        int length = frame.data().remaining();
        if (frame.etherType() == Frame.ARP && length >= GratuitousArp.LENGTH) {
            byte[] mac = new byte[6];
            frame.data().get(GratuitousArp.SENDER_MAC, mac);
            hear(Ipv4Header.address(frame.data(), GratuitousArp.SENDER_ADDRESS), MacAddress.of(mac));
        } else if (frame.etherType() == Frame.IPV6 && length >= NeighborAdvertisement.SHORTEST) {
            hear(NeighborAdvertisement.target(frame.data()), frame.source());
        }
        return true;
    }

    private void hear(InetAddress address, MacAddress mac) {
        if (watched.contains(address) && !mac.equals(ownMac)) {
            listener.onAnnouncement(address, mac);
        }
    }
}
