package io.halcyon.transport.raw;

import io.halcyon.spi.transport.Transport;
import io.halcyon.testkit.InterfaceContract;

class RawInterfaceTest extends InterfaceContract {

    @Override
    protected Transport transport() {
        return new RawTransport();
    }
}
