package io.halcyon.lvs.ipvs;

import io.halcyon.api.net.AddressText;
import io.halcyon.linux.netlink.AttributeWriter;
import io.halcyon.linux.netlink.Attributes;
import io.halcyon.spi.dataplane.Destination;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What makes a destination of a service one of a kind. */
record DestinationKey(InetAddress address, int port) {

    static DestinationKey of(Destination destination) {
        return new DestinationKey(destination.address(), destination.port());
    }

    static @Nullable DestinationKey read(Attributes destination) {
        InetAddress address = Addresses.read(destination.u16(Ipvs.DEST_ADDR_FAMILY), destination.bytes(Ipvs.DEST_ADDR));
        return address == null ? null : new DestinationKey(address, destination.u16BigEndian(Ipvs.DEST_PORT));
    }

    void write(AttributeWriter destination) {
        destination
                .u16(Ipvs.DEST_ADDR_FAMILY, Addresses.family(address))
                .bytes(Ipvs.DEST_ADDR, address.getAddress())
                .u16BigEndian(Ipvs.DEST_PORT, port);
    }

    @Override
    public String toString() {
        return "[" + AddressText.of(address) + "]:" + port;
    }
}
