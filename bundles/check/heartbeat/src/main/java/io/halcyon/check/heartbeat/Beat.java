package io.halcyon.check.heartbeat;

import java.nio.charset.StandardCharsets;

/**
 * Somebody told that he lives. Immutable.
 *
 * @param atNanos when, on the clock of {@link System#nanoTime}
 * @param message what he said, one line, maybe empty
 */
record Beat(long atNanos, String message) {

    /** More of a message is never kept. */
    static final int LONGEST_BYTES = 200;

    /** The first line of what was sent, fit to be printed. */
    static String message(byte[] bytes, int length) {
        var text = new String(bytes, 0, Math.min(length, LONGEST_BYTES), StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end))
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
    }
}
