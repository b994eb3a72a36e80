package io.halcyon.spi.link;

import io.halcyon.api.net.MacAddress;
import java.net.InetAddress;
import java.util.List;

/**
 * A network interface at one moment. Immutable.
 *
 * @param name such as {@code eth0}
 * @param index kernel index; a re-created interface has a new one
 * @param mac link-layer address, all zeros where there is none
 * @param up {@code IFF_UP}: an administrator wants it up
 * @param carrier {@code IFF_LOWER_UP} and operational state not down: the cable is in
 * @param mtu in bytes
 * @param promoteSecondaries sysctl {@code net.ipv4.conf.NAME.promote_secondaries} (or that of {@code all}): whether the
 *     kernel keeps the other addresses of a subnet when its primary one goes
 * @param addresses usable addresses (not tentative, not failed) in the kernel's order, primary first; those that Halcyon
 *     added may be left out
 */
public record Link(
        String name,
        int index,
        MacAddress mac,
        boolean up,
        boolean carrier,
        int mtu,
        boolean promoteSecondaries,
        List<Address> addresses) {

    public Link {
        addresses = List.copyOf(addresses);
    }

    /** Whether packets can pass. */
    public boolean running() {
        return up && carrier;
    }

    /**
     * An address of an interface.
     *
     * @param address the address
     * @param prefixLength of its subnet
     * @param permanent whether it has no kernel lifetime
     * @param ours whether the kernel says that Halcyon added it ({@code IFA_PROTO}, kernel 5.18 and newer)
     */
    public record Address(InetAddress address, int prefixLength, boolean permanent, boolean ours) {}
}
