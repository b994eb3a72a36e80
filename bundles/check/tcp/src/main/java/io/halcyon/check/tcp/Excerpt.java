package io.halcyon.check.tcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The beginning of what came from outside, fit for a line that a person reads. */
final class Excerpt {

    private static final int MOST_BYTES = 80;

    private Excerpt() {}

    /** Whatever is not printable ASCII is a dot. Leaves the buffer as it is. */
    static String of(ByteBuffer data) {
        var bytes = new byte[Math.min(data.remaining(), MOST_BYTES)];
        data.duplicate().get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1).strip().replaceAll("[^ -~]", ".");
    }
}
