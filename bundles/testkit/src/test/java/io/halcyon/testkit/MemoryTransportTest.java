package io.halcyon.testkit;

import io.halcyon.api.net.MacAddress;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.transport.memory.MemoryLan;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract is in this bundle, which needs the LAN; so the LAN's test of it is here too. */
class MemoryTransportTest extends TransportContract {

    private final MemoryLan lan = MemoryLan.inRealTime(1);

    @AfterEach
    void closeLan() {
        lan.close();
    }

    @Override
    protected Channel openLeft(ChannelListener listener) throws IOException {
        return lan.transport("left").open(leftLink(), listener);
    }

    @Override
    protected Channel openRight(ChannelListener listener) throws IOException {
        return lan.transport("right").open(rightLink(), listener);
    }

    @Override
    protected Link leftLink() {
        return link(1);
    }

    @Override
    protected Link rightLink() {
        return link(2);
    }

    private static Link link(int host) {
        Link.Address address = new Link.Address(address("10.0.0." + host), 24, true, false);
        return new Link("eth0", 2, new MacAddress(0x0200_0000_0000L + host), true, true, 1500, true, List.of(address));
    }
}
