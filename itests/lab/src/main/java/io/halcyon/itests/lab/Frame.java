package io.halcyon.itests.lab;

import java.util.List;

/** What the wire told. */
public sealed interface Frame {

    /** When the kernel saw it enter the bridge. */
    long at();

    /** The host whose port it entered by. */
    String host();

    /**
     * A VRRP advertisement.
     *
     * @param checksum {@code plain}, {@code pseudo} (with the pseudo-header) or {@code bad}
     * @param intervalMillis as advertised
     * @param auth the 8 trailing bytes of VRRPv2 with authentication, as text without zeros; empty otherwise
     */
    record Advert(
            long at,
            String host,
            int version,
            int vrid,
            int priority,
            int intervalMillis,
            List<String> addresses,
            String source,
            int ttl,
            int tos,
            String checksum,
            String auth)
            implements Frame {}

    /** A gratuitous ARP: sender and target are the same address. */
    record Garp(long at, String host, String address, boolean request, boolean broadcast) implements Frame {}

    /** An unsolicited neighbour advertisement, IPv6's gratuitous ARP. */
    record NeighbourAdvert(long at, String host, String address, boolean override, boolean toAll) implements Frame {}

    /** An answer to an ARP request. */
    record ArpReply(long at, String host, String address) implements Frame {}

    /** An answer to one of our own ARP requests, with its number as far as an answer repeats it. */
    record Claim(long at, String host, String address, int request) implements Frame {}

    /** An answer to one of our probes. */
    record ProbeReply(long at, String host, String address, int sequence) implements Frame {}
}
