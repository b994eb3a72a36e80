package io.halcyon.lvs.ipvs;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Addresses as the kernel has them: a family, and up to sixteen octets of which IPv4 uses four. */
final class Addresses {

    private Addresses() {}

    static int family(InetAddress address) {
        return address instanceof Inet6Address ? Ipvs.AF_INET6 : Ipvs.AF_INET;
    }

    /** Null for what is no address. */
    static @Nullable InetAddress read(int family, byte[] octets) {
        int length = family == Ipvs.AF_INET6 ? 16 : 4;
        if (octets.length < length) {
            return null;
        }
        byte[] whole = Arrays.copyOf(octets, length);
        try {
            // The common way to make one takes ::ffff:192.0.2.1 for IPv4, which it is not to the kernel.
            return length == 16 ? Inet6Address.getByAddress(null, whole, -1) : InetAddress.getByAddress(whole);
        } catch (UnknownHostException e) {
            throw new AssertionError("its length is right", e);
        }
    }
}
