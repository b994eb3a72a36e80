package io.halcyon.spi.transport;

import io.halcyon.spi.link.Link;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** A way to carry VRRP over a link, such as a raw socket. Register it as a service. */
@ConsumerType
public interface Transport {

    /** Value of the configuration key {@code transport}, such as {@code raw}. */
    String name();

    /**
     * Opens a channel; the engine opens one per interface and shares it between the routers there.
     *
     * <p>When it returns, the multicast group is joined and packets are being received. Channels are opened and closed on a
     * thread that the engine keeps for this transport; a router whose channel takes longer than a second to open is in
     * {@code FAULT} until it is there.
     *
     * @param link interface to use; the channel stays on this index
     * @param listener called from the channel's thread, or from the caller of {@link Channel#drain()}
     * @throws IOException if it cannot be opened; the message says what is missing
     */
    Channel open(Link link, ChannelListener listener) throws IOException;
}
