package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import java.net.InetAddress;

/**
 * An address on an interface of this node: what is claimed once, whoever wants it.
 *
 * @param address without prefix, by which two routers may differ
 */
record Place(InetAddress address, String dev) {

    static Place of(VirtualAddress address, String defaultInterface) {
        String dev = address.dev();
        return new Place(address.address(), dev == null ? defaultInterface : dev);
    }

    /** One word for each, as in the record of claims. */
    @Override
    public String toString() {
        return address.getHostAddress() + " " + dev;
    }
}
