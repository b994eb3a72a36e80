package io.halcyon.check.tcp;

import java.nio.ByteBuffer;

/** Looks for bytes in a stream and keeps none of it (Knuth, Morris and Pratt). */
final class ByteSearch {

    private final byte[] sought;
    private final int[] fallback;
    private int matched;
    private long seenBytes;

    /** What is sought must not be empty. */
    ByteSearch(byte[] sought) {
        this.sought = sought.clone();
        this.fallback = fallback(sought);
    }

    /** Takes the next bytes; true once what is sought was among all that came. */
    boolean found(ByteBuffer data) {
        seenBytes += data.remaining();
        while (data.hasRemaining() && matched < sought.length) {
            matched = longer(matched, data.get(), sought, fallback);
        }
        return matched == sought.length;
    }

    long seenBytes() {
        return seenBytes;
    }

    /** {@code fallback[n]}: length of the longest end of the first n bytes that is also a beginning of them. */
    private static int[] fallback(byte[] sought) {
        var table = new int[sought.length + 1];
        for (int i = 1; i < sought.length; i++) {
            table[i + 1] = longer(table[i], sought[i], sought, table);
        }
        return table;
    }

    private static int longer(int matched, byte next, byte[] sought, int[] fallback) {
        int length = matched;
        while (length > 0 && sought[length] != next) {
            length = fallback[length];
        }
        return sought[length] == next ? length + 1 : 0;
    }
}
