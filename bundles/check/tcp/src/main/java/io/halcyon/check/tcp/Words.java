package io.halcyon.check.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What came from outside, fit for a line that a person reads. */
final class Words {

    private static final int EXCERPT_BYTES = 80;

    private Words() {}

    static String of(@Nullable IOException cause) {
        if (cause == null) {
            return "closed by the peer";
        }
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** The first bytes; whatever is not printable ASCII is a dot. Leaves the buffer as it is. */
    static String excerpt(ByteBuffer data) {
        var bytes = new byte[Math.min(data.remaining(), EXCERPT_BYTES)];
        data.duplicate().get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1).strip().replaceAll("[^ -~]", ".");
    }
}
