package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.json.Json;
import io.halcyon.json.LineBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file in the journal: {@code <crc> <id> <epoch millis> <JSON>}. The CRC-32C, eight hexadecimal digits, is of
 * what follows it. Reading a line does not look into its JSON.
 */
final class Line {

    private static final int CRC_LENGTH = 8;
    private static final String CRC_TO_COME = "00000000 ";
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long NONE = Long.MIN_VALUE;

    private final byte[] bytes;
    private final int from;
    private final int jsonFrom;
    private final int end;
    private final long id;
    private final long atMillis;

    private Line(byte[] bytes, int from, int jsonFrom, int end, long id, long atMillis) {
        this.bytes = bytes;
        this.from = from;
        this.jsonFrom = jsonFrom;
        this.end = end;
        this.id = id;
        this.atMillis = atMillis;
    }

    /** A line with its end. */
    static byte[] of(long id, long atMillis, String json) {
        var line = new LineBuffer();
        begin(line, id, atMillis);
        line.add(json);
        finish(line, 0);
        return line.toByteArray();
    }

    /** Adds an event's line with its end. */
    static void add(EventRecord event, LineBuffer to) {
        int from = to.size();
        begin(to, event.id(), event.at().toEpochMilli());
        to.add(event);
        finish(to, from);
    }

    private static void begin(LineBuffer line, long id, long atMillis) {
        line.add(CRC_TO_COME);
        line.addNumber(id);
        line.add((byte) ' ');
        line.addNumber(atMillis);
        line.add((byte) ' ');
    }

    private static void finish(LineBuffer line, int from) {
        int rest = from + CRC_TO_COME.length();
        int crc = checksum(line.array(), rest, line.size() - rest);
        for (int digit = 0; digit < CRC_LENGTH; digit++) {
            line.array()[from + digit] = hex(crc, digit);
        }
        line.add((byte) '\n');
    }

    /** The line between these places, its end left out; null if it is damaged. */
    static @Nullable Line read(byte[] bytes, int from, int end) {
        int rest = from + CRC_TO_COME.length();
        if (rest >= end || bytes[rest - 1] != ' ' || !hasItsCrc(bytes, from, end)) {
            return null;
        }
        int idEnd = indexOfSpace(bytes, rest, end);
        int atEnd = indexOfSpace(bytes, idEnd + 1, end);
        if (atEnd >= end) {
            return null;
        }
        long id = number(bytes, rest, idEnd);
        long atMillis = number(bytes, idEnd + 1, atEnd);
        return id == NONE || atMillis == NONE ? null : new Line(bytes, from, atEnd + 1, end, id, atMillis);
    }

    /** Where it begins. */
    int from() {
        return from;
    }

    long id() {
        return id;
    }

    long atMillis() {
        return atMillis;
    }

    String json() {
        return new String(bytes, jsonFrom, end - jsonFrom, StandardCharsets.UTF_8);
    }

    /**
     * What its JSON says.
     *
     * @throws IllegalArgumentException if it says nothing of this type
     */
    <T> T read(Class<T> type) {
        return Json.read(bytes, jsonFrom, end - jsonFrom, type);
    }

    static String crc(byte[] bytes, int from, int length) {
        return HexFormat.of().toHexDigits(checksum(bytes, from, length));
    }

    private static int checksum(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static boolean hasItsCrc(byte[] bytes, int from, int end) {
        int rest = from + CRC_TO_COME.length();
        int crc = checksum(bytes, rest, end - rest);
        for (int digit = 0; digit < CRC_LENGTH; digit++) {
            if (bytes[from + digit] != hex(crc, digit)) {
                return false;
            }
        }
        return true;
    }

    private static byte hex(int crc, int digit) {
        return HEX[(crc >>> (28 - 4 * digit)) & 0xf];
    }

    /** {@link #NONE} if it is no number that was written here. */
    private static long number(byte[] bytes, int from, int end) {
        boolean negative = from < end && bytes[from] == '-';
        int first = negative ? from + 1 : from;
        // No more digits than surely fit.
        if (first == end || end - first > 18) {
            return NONE;
        }
        long number = 0;
        for (int place = first; place < end; place++) {
            int digit = bytes[place] - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            number = number * 10 + digit;
        }
        return negative ? -number : number;
    }

    private static int indexOfSpace(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != ' ') {
            at++;
        }
        return at;
    }
}
