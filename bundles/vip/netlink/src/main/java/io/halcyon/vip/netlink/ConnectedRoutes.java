package io.halcyon.vip.netlink;

import io.halcyon.linux.netlink.Change;
import io.halcyon.linux.netlink.KernelAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connected routes of IPv6 addresses that have a subnet.
 *
 * <p>Who writes {@code 2001:db8::50/64} wants the subnet to be on the link, also on a host without an address of its own in
 * there. The kernel's route cannot be used (see {@link Puts}), so the route is ours: a higher metric than any connected
 * route of the host, which therefore stays the one in use, our own protocol number, and the lease of the address.
 */
final class ConnectedRoutes {

    /** As for routes that are added by hand; the kernel's connected routes have 256. */
    private static final int METRIC = 1024;

    private ConnectedRoutes() {}

    static List<Change.PutRoute> puts(Collection<Held> held, long validSeconds) {
        return keys(held).stream()
                .map(key -> new Change.PutRoute(key, METRIC, KernelAddress.HALCYON, validSeconds))
                .toList();
    }

    /** Removes the routes of addresses that are gone, except for those that others still need. */
    static List<Change.RemoveRoute> removes(Collection<Held> gone, Collection<Held> staying) {
        Set<KernelAddress.Key> keys = keys(gone);
        keys.removeAll(keys(staying));
        return keys.stream()
                .map(key -> new Change.RemoveRoute(key, METRIC, KernelAddress.HALCYON))
                .toList();
    }

    private static Set<KernelAddress.Key> keys(Collection<Held> held) {
        Set<KernelAddress.Key> keys = new LinkedHashSet<>();
        for (Held one : held) {
            int prefixLength = one.address.prefixLength();
            boolean subnet = one.address.isIpv6() && prefixLength > 0 && prefixLength < 128;
            if (subnet && !one.address.address().isLinkLocalAddress()) {
                keys.add(new KernelAddress.Key(one.index, network(one.address.address(), prefixLength), prefixLength));
            }
        }
        return keys;
    }

    private static InetAddress network(InetAddress address, int prefixLength) {
        byte[] octets = address.getAddress();
        for (int bit = prefixLength; bit < octets.length * 8; bit++) {
            octets[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 octets are an address", e);
        }
    }
}
