package io.halcyon.transport.raw;

import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.TransportContract;
import io.halcyon.testkit.TwoHosts;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@InNetworkNamespace
class RawTransportTest extends TransportContract {

    private TwoHosts hosts;

    @BeforeEach
    void plugIn() throws Exception {
        hosts = new TwoHosts();
    }

    @AfterEach
    void unplug() {
        hosts.close();
    }

    @Override
    protected Channel openLeft(ChannelListener listener) throws IOException {
        return new RawTransport().open(hosts.left(), listener);
    }

    @Override
    protected Channel openRight(ChannelListener listener) throws IOException {
        return hosts.onRight(() -> new RawTransport().open(hosts.right(), listener));
    }

    @Override
    protected Link leftLink() {
        return hosts.left();
    }

    @Override
    protected Link rightLink() {
        return hosts.right();
    }
}
