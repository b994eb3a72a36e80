package io.halcyon.notify.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What a file of lines holds. Damaged ones are left out.
 *
 * @param whole those that are whole, in their order
 * @param end place behind the last whole one
 * @param damaged how many before that place are not whole
 * @param tail how many bytes are behind that place
 */
record Lines(List<Line> whole, int end, int damaged, int tail) {

    Lines {
        whole = List.copyOf(whole);
    }

    /** A line whose id is not higher than the one before is damaged, too. */
    static Lines of(byte[] bytes) {
        return of(bytes, bytes.length, true);
    }

    /** The same for the beginning of an array. */
    static Lines of(byte[] bytes, int length) {
        return of(bytes, length, true);
    }

    /** The same for a file whose ids may come in any order. */
    static Lines inAnyOrder(byte[] bytes) {
        return of(bytes, bytes.length, false);
    }

    private static Lines of(byte[] bytes, int length, boolean ordered) {
        var whole = new ArrayList<Line>();
        int end = 0;
        int damaged = 0;
        int doubtful = 0;
        long last = Long.MIN_VALUE;
        for (int from = 0; from < length; ) {
            int lineEnd = lineEnd(bytes, from, length);
            var line = lineEnd == length ? null : Line.read(bytes, from, lineEnd);
            if (line == null || (ordered && line.id() <= last)) {
                doubtful++;
            } else {
                whole.add(line);
                last = line.id();
                end = lineEnd + 1;
                damaged += doubtful;
                doubtful = 0;
            }
            from = lineEnd + 1;
        }
        return new Lines(whole, end, damaged, length - end);
    }

    private static int lineEnd(byte[] bytes, int from, int length) {
        int at = from;
        while (at < length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
