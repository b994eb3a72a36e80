package io.halcyon.notify.snmp;

import java.nio.charset.StandardCharsets;
import org.snmp4j.smi.OctetString;

/** Texts as SNMP carries them. */
final class Texts {

    /** A notification must fit into one datagram of a usual network with all its other values. */
    private static final int MOST_BYTES = 255;

    private Texts() {}

    /** UTF-8, cut between two characters, as RFC 2579's and RFC 3411's strings are at 255 octets. */
    static OctetString octets(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, MOST_BYTES);
        while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new OctetString(bytes, 0, end);
    }
}
