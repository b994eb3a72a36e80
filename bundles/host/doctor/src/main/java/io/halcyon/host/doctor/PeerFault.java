package io.halcyon.host.doctor;

import io.halcyon.api.event.Severity;
import java.util.List;

/**
 * A kind of refused or strange advertisement, as routers count them.
 *
 * @param name of the counter
 * @param found what was heard
 * @param tolerated from which version of the protocol on the advertisement counts nevertheless, 4 for none
 * @param effect what it does where it counts nevertheless
 * @param cure what to make equal
 */
record PeerFault(String name, String found, int tolerated, String effect, String cure) {

    private static final int NEVER = 4;
    /** Nobody knows for which router such a packet was meant. */
    private static final int ANY = 0;

    private static final String FOR_WHOM =
            "they are dropped; if they were meant for this router and not for another on the LAN, two hosts can be master";

    private static final String SETTING = "%s in etc/io.halcyon.vrrp-NAME.cfg, the same on all hosts (keepalived: %s)";

    static final List<PeerFault> ALL = List.of(
            new PeerFault(
                    "INTERVAL_MISMATCH",
                    "a peer has another advertisement interval",
                    3,
                    "as backup we follow the master's, so a takeover takes longer or shorter than configured",
                    SETTING.formatted("advert.int", "advert_int")),
            new PeerFault(
                    "ADDRESS_MISMATCH",
                    "a peer advertises other addresses",
                    2,
                    "after a takeover some addresses answer nowhere or on two hosts",
                    SETTING.formatted("virtual.ipaddress", "virtual_ipaddress")),
            new PeerFault(
                    "AUTH_TYPE",
                    "a peer has another kind of authentication",
                    NEVER,
                    "",
                    SETTING.formatted("auth.type", "auth_type")),
            new PeerFault(
                    "AUTH_FAILURE",
                    "a peer has another password",
                    NEVER,
                    "",
                    SETTING.formatted("auth.pass", "auth_pass")),
            new PeerFault(
                    "VERSION_MISMATCH",
                    "a peer speaks another version of VRRP",
                    NEVER,
                    "",
                    SETTING.formatted("version", "vrrp_version, or version in the instance")),
            new PeerFault(
                    "OWN_ADDRESS",
                    "another host sends from our own address",
                    NEVER,
                    "",
                    "ip addr, on all hosts: one address belongs to one host"),
            new PeerFault(
                    "BAD_TTL",
                    "advertisements came over a router (TTL is not 255)",
                    ANY,
                    FOR_WHOM,
                    "tcpdump -ni any -v ip proto 112, and end what forwards or forges them"),
            new PeerFault(
                    "BAD_CHECKSUM",
                    "the checksum of advertisements is wrong",
                    ANY,
                    FOR_WHOM,
                    "tcpdump -ni any -v ip proto 112, to see who sends them"));

    Severity severity(int version) {
        return version >= tolerated ? Severity.WARNING : Severity.CRITICAL;
    }

    String why(int version) {
        return version >= tolerated
                ? effect
                : "such advertisements are dropped, so this host and the other can both be master of the same addresses";
    }
}
