package io.halcyon.transport.pcap;

import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Transport;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** VRRP through libpcap, past the host's firewall. Needs CAP_NET_RAW and the library. */
@Component
public final class PcapTransport implements Transport {

    static final String NAME = "pcap";

    private final Libpcap library;

    @Activate
    public PcapTransport() {
        this(Libpcap.OF_THE_SYSTEM);
    }

    PcapTransport(Libpcap library) {
        this.library = library;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Channel open(Link link, ChannelListener listener) throws IOException {
        return PcapChannel.open(library, link, listener);
    }
}
