package io.halcyon.check.udp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The reply that must come. Immutable.
 *
 * @param pattern what it begins with
 * @param text what it contains, empty for anything
 * @param minLength in octets
 * @param maxLength in octets
 */
record Expectation(HexPattern pattern, String text, int minLength, int maxLength) {

    /** What is wrong with a reply, null if nothing is. */
    @Nullable
    String faultOf(ByteBuffer reply) {
        int length = reply.remaining();
        if (length < minLength) {
            return "is shorter than min.reply.length = " + minLength;
        }
        if (length > maxLength) {
            return "is longer than max.reply.length = " + maxLength;
        }
        if (!pattern.isBeginningOf(reply)) {
            return "does not match reply.pattern";
        }
        return contains(reply) ? null : "does not contain reply.text";
    }

    /** Compared octet by octet: a reply need not be UTF-8. */
    private boolean contains(ByteBuffer reply) {
        var octets = new byte[reply.remaining()];
        reply.get(reply.position(), octets);
        var sought = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return new String(octets, StandardCharsets.ISO_8859_1).contains(sought);
    }
}
