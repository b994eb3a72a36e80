package io.halcyon.testkit;

import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A {@code Transport} between two hosts with real interfaces. */
@InNetworkNamespace
abstract class OnTheWire {

    protected static final byte[] MESSAGE = {0x31, 51, 100, 1, 0, 100, 0, 0, 10, 0, 0, 50};

    protected final ChannelRecorder leftHears = new ChannelRecorder();
    protected final ChannelRecorder rightHears = new ChannelRecorder();
    private TwoHosts hosts;
    private InetAddress leftAddress;

    /** The plugin. */
    protected abstract Transport transport();

    @BeforeEach
    void plugIn() throws Exception {
        hosts = new TwoHosts();
        leftAddress = hosts.left().addresses().get(0).address();
    }

    @AfterEach
    void unplug() {
        hosts.close();
    }

    protected final TwoHosts hosts() {
        return hosts;
    }

    protected final InetAddress leftAddress() {
        return leftAddress;
    }

    protected final InetAddress rightAddress() {
        return hosts.right().addresses().get(0).address();
    }

    protected final Channel openLeft() throws IOException {
        return transport().open(hosts.left(), leftHears);
    }

    protected final Channel openRight() throws IOException {
        return hosts.onRight(() -> transport().open(hosts.right(), rightHears));
    }
}
