package io.halcyon.itests.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ethernet frames to {@link Frame}s. */
final class Decoder {

    private static final int ETHERNET = 14;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_ARP = 0x0806;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int IPV6 = 40;
    private static final int PROTOCOL_ICMPV6 = 58;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;
    private static final int SOLICITED = 0x40;
    private static final int OVERRIDE = 0x20;
    private static final int PROTOCOL_ICMP = 1;
    private static final int PROTOCOL_VRRP = 112;
    private static final int ALL_ONES = 0xffff;

    private Decoder() {}

    /** The frame, or null where it is of no interest. */
    static @Nullable Frame decode(ByteBuffer frame, long at, String host) {
        if (frame.limit() < ETHERNET + 20) {
            return null;
        }
        return switch (unsigned16(frame, 12)) {
            case ETHERTYPE_ARP -> frame.limit() < ETHERNET + 28 ? null : arp(frame, at, host);
            case ETHERTYPE_IPV4 -> ipv4(frame, at, host);
            case ETHERTYPE_IPV6 -> frame.limit() < ETHERNET + IPV6 + 24 ? null : ipv6(frame, at, host);
            default -> null;
        };
    }

    private static @Nullable Frame arp(ByteBuffer frame, long at, String host) {
        var sender = address(frame, 28);
        boolean request = unsigned16(frame, 20) == 1;
        if (sender.equals(address(frame, 38))) {
            boolean broadcast = frame.getInt(0) == -1 && unsigned16(frame, 4) == ALL_ONES;
            return new Frame.Garp(at, host, sender, request, broadcast);
        }
        if (request) {
            return null;
        }
        return frame.getInt(32) == Asker.MARK
                ? new Frame.Claim(at, host, sender, unsigned16(frame, 36))
                : new Frame.ArpReply(at, host, sender);
    }

    /** RFC 4861 section 4.4. */
    private static @Nullable Frame ipv6(ByteBuffer frame, long at, String host) {
        int icmp = ETHERNET + IPV6;
        int flags = unsigned8(frame, icmp + 4);
        if (unsigned8(frame, ETHERNET + 6) != PROTOCOL_ICMPV6
                || unsigned8(frame, icmp) != NEIGHBOUR_ADVERTISEMENT
                || (flags & SOLICITED) != 0) {
            return null;
        }
        boolean toAll = frame.getShort(0) == 0x3333 && frame.getInt(2) == 1;
        return new Frame.NeighbourAdvert(at, host, Addresses.ipv6(frame, icmp + 8), (flags & OVERRIDE) != 0, toAll);
    }

    private static @Nullable Frame ipv4(ByteBuffer frame, long at, String host) {
        int payload = ETHERNET + (frame.get(ETHERNET) & 15) * 4;
        int end = Math.min(frame.limit(), ETHERNET + unsigned16(frame, ETHERNET + 2));
        int protocol = unsigned8(frame, ETHERNET + 9);
        if (protocol == PROTOCOL_ICMP && end >= payload + Prober.LENGTH) {
            return probeReply(frame, payload, at, host);
        }
        return protocol == PROTOCOL_VRRP && end >= payload + 8 ? advert(frame, payload, end, at, host) : null;
    }

    private static @Nullable Frame probeReply(ByteBuffer frame, int payload, long at, String host) {
        if (frame.get(payload) != 0 || frame.getInt(payload + 8) != Prober.MAGIC) {
            return null;
        }
        return new Frame.ProbeReply(at, host, address(frame, ETHERNET + 12), frame.getInt(payload + 12));
    }

    private static Frame advert(ByteBuffer frame, int start, int end, long at, String host) {
        int version = unsigned8(frame, start) >> 4;
        int count = unsigned8(frame, start + 3);
        List<String> addresses = new ArrayList<>();
        for (int i = start + 8; addresses.size() < count && i + 4 <= end; i += 4) {
            addresses.add(address(frame, i));
        }
        boolean authenticated = version == 2 && unsigned8(frame, start + 4) != 0 && end >= start + 16 + 4 * count;
        return new Frame.Advert(
                at,
                host,
                version,
                unsigned8(frame, start + 1),
                unsigned8(frame, start + 2),
                version == 2 ? unsigned8(frame, start + 5) * 1000 : (unsigned16(frame, start + 4) & 0xfff) * 10,
                List.copyOf(addresses),
                address(frame, ETHERNET + 12),
                unsigned8(frame, ETHERNET + 8),
                unsigned8(frame, ETHERNET + 1),
                checksum(frame, start, end, version),
                authenticated ? text(frame, end - 8) : "");
    }

    private static String checksum(ByteBuffer frame, int start, int end, int version) {
        int plain = sum(frame, start, end, 0);
        if (version == 2) {
            return plain == ALL_ONES ? "plain" : "bad";
        }
        int pseudo = sum(frame, ETHERNET + 12, ETHERNET + 20, PROTOCOL_VRRP + (end - start));
        if (sum(frame, start, end, pseudo) == ALL_ONES) {
            return "pseudo";
        }
        return plain == ALL_ONES ? "plain" : "bad";
    }

    /** One's complement sum, RFC 1071. */
    private static int sum(ByteBuffer frame, int from, int to, int initial) {
        int total = initial;
        for (int i = from; i + 1 < to; i += 2) {
            total += unsigned16(frame, i);
        }
        if (((to - from) & 1) == 1) {
            total += unsigned8(frame, to - 1) << 8;
        }
        while ((total >>> 16) != 0) {
            total = (total & ALL_ONES) + (total >>> 16);
        }
        return total;
    }

    private static String text(ByteBuffer frame, int at) {
        byte[] bytes = new byte[8];
        frame.get(at, bytes);
        return new String(bytes, StandardCharsets.US_ASCII).replace("\0", "");
    }

    private static String address(ByteBuffer frame, int at) {
        return unsigned8(frame, at) + "." + unsigned8(frame, at + 1) + "." + unsigned8(frame, at + 2) + "."
                + unsigned8(frame, at + 3);
    }

    private static int unsigned8(ByteBuffer frame, int at) {
        return frame.get(at) & 0xff;
    }

    private static int unsigned16(ByteBuffer frame, int at) {
        return frame.getShort(at) & ALL_ONES;
    }
}
