package io.halcyon.api.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code virtual.ipaddress}: an address that moves with a virtual router.
 *
 * @param address the address itself, IPv4 or IPv6
 * @param prefixLength 0-32 (IPv4) or 0-128 (IPv6); keepalived's default is 32 or 128
 * @param dev interface that carries the address, or null for the router's own
 * @param label alias name as {@code ip addr} prints it, IPv4 only, at most 15 characters
 * @param scope {@code rtnetlink(7)} scope number: 0 global, 200 site, 253 link, 254 host, 255 nowhere
 * @param broadcast broadcast address, IPv4 only, or null for none
 */
public record VirtualAddress(
        InetAddress address,
        int prefixLength,
        @Nullable String dev,
        @Nullable String label,
        int scope,
        @Nullable InetAddress broadcast) {

    public static final int SCOPE_GLOBAL = 0;

    public VirtualAddress {
        Objects.requireNonNull(address, "address");
        int bits = address.getAddress().length * 8;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not within 0-" + bits);
        }
        if (scope < 0 || scope > 255) {
            throw new IllegalArgumentException("scope " + scope + " is not within 0-255");
        }
        if (broadcast != null && !(address instanceof Inet4Address && broadcast instanceof Inet4Address)) {
            throw new IllegalArgumentException("brd is for IPv4 only");
        }
        if (label != null && (address instanceof Inet6Address || label.length() > 15)) {
            throw new IllegalArgumentException("label is for IPv4 only and has at most 15 characters");
        }
    }

    /** An address with keepalived's defaults: host prefix, the router's interface, global scope. */
    public static VirtualAddress of(InetAddress address) {
        return new VirtualAddress(address, address.getAddress().length * 8, null, null, SCOPE_GLOBAL, null);
    }

    /** Of the address alone, which is nearly always enough: a takeover looks up a thousand of these. */
    @Override
    public int hashCode() {
        return address.hashCode();
    }

    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    /** {@code 192.168.88.50/24}, without the attributes. */
    public String cidr() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
