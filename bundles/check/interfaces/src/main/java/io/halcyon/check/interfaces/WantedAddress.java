package io.halcyon.check.interfaces;

import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.settings.Endpoint;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** An address that an interface has to have, or a network in which it has one. Immutable. */
final class WantedAddress {

    private final String text;
    /** Empty for any address of the family. */
    private final byte[] octets;
    /** How many have to be equal. */
    private final int bits;

    private final boolean ipv6;

    private WantedAddress(String text, byte[] octets, int bits, boolean ipv6) {
        this.text = text;
        this.octets = octets;
        this.bits = bits;
        this.ipv6 = ipv6;
    }

    /** Null if it is nothing of the kind. Never asks DNS. */
    static @Nullable WantedAddress parse(String text) {
        if (text.equals("ipv4") || text.equals("ipv6")) {
            return new WantedAddress(text, new byte[0], 0, text.equals("ipv6"));
        }
        int slash = text.indexOf('/');
        var octets = octets(slash < 0 ? text : text.substring(0, slash));
        if (octets == null) {
            return null;
        }
        int all = octets.length * 8;
        int bits = slash < 0 ? all : number(text.substring(slash + 1));
        return bits < 0 || bits > all ? null : new WantedAddress(text, octets, bits, octets.length == 16);
    }

    private static byte @Nullable [] octets(String literal) {
        try {
            var address = Endpoint.of(literal, 0).address().getAddress();
            return address == null || literal.startsWith("[") ? null : address.getAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    /** Whether this is the one, and packets may use it. */
    boolean fits(KernelAddress address) {
        if (address.address() instanceof Inet6Address != ipv6 || !address.usable()) {
            return false;
        }
        return octets.length == 0
                ? isGlobal(address.address())
                : isWithin(address.address().getAddress());
    }

    private static boolean isGlobal(InetAddress address) {
        return !address.isLinkLocalAddress() && !address.isLoopbackAddress();
    }

    private boolean isWithin(byte[] other) {
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if (((octets[i / 8] ^ other[i / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
