package io.halcyon.transport.pcap;

import io.halcyon.linux.frame.Words;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What announcements of watched addresses look like, in pcap's language. It is a sieve: the receiver looks again. */
final class WatchFilter {

    /** No hardware type of ARP has this number. */
    static final String NOTHING = "arp[0:2] = 0xffff";

    /** Compiling takes a millisecond for so many, 30 for a thousand: with more, announcements of all addresses pass. */
    static final int MOST_ADDRESSES = 255;

    /** Protocol IPv4, lengths of the two kinds of address. */
    private static final String ARP = "arp[2:2] = 0x0800 and arp[4:2] = 0x0604";

    private static final String ARP_SENDER = "arp[14:4]";

    /** ICMPv6, a hop limit that cannot come from beyond the link (RFC 4861 section 7.1.2), type. */
    private static final String ADVERTISEMENT = "ip6[6] = 58 and ip6[7] = 255 and ip6[40] = 136";

    private static final String LAST_WORD_OF_TARGET = "ip6[60:4]";

    private WatchFilter() {}

    static String of(Collection<InetAddress> addresses) {
        return NOTHING
                + clause(ARP, ARP_SENDER, only(Inet4Address.class, addresses))
                + clause(ADVERTISEMENT, LAST_WORD_OF_TARGET, only(Inet6Address.class, addresses));
    }

    private static String clause(String kind, String word, List<Integer> values) {
        if (values.isEmpty()) {
            return "";
        }
        if (values.size() > MOST_ADDRESSES) {
            return " or (" + kind + ")";
        }
        String oneOf = values.stream()
                .map(value -> word + " = " + Integer.toUnsignedString(value))
                .collect(Collectors.joining(" or "));
        return " or (" + kind + " and (" + oneOf + "))";
    }

    private static List<Integer> only(Class<? extends InetAddress> family, Collection<InetAddress> all) {
        return Words.last(all.stream().filter(family::isInstance).toList());
    }
}
