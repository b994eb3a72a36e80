package io.halcyon.transport.pcap;

import io.halcyon.spi.transport.Transport;
import io.halcyon.testkit.InterfaceContract;

class PcapInterfaceTest extends InterfaceContract {

    @Override
    protected Transport transport() {
        return new PcapTransport();
    }
}
