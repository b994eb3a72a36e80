package io.halcyon.vrrp.protocol;

/** What the checksum of a VRRPv3 message over IPv4 covers when we send it; both forms are accepted on receipt. */
public enum ChecksumForm {
    /** The message and a pseudo-header, as keepalived, Wireshark and most others have it. */
    PSEUDO_HEADER,
    /** The message alone, RFC 9568 section 5.2.8. keepalived drops it by default. */
    MESSAGE_ONLY
}
