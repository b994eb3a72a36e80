package io.halcyon.transport.raw;

import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Transport;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** VRRP over a raw socket, announcements and conflicts over packet sockets. Needs CAP_NET_RAW. */
@Component
public final class RawTransport implements Transport {

    static final String NAME = "raw";

    @Activate
    public RawTransport() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Channel open(Link link, ChannelListener listener) throws IOException {
        return RawChannel.open(link, listener);
    }
}
