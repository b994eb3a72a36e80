package io.halcyon.notify.engine;

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

    private final byte[] bytes;
    private final int jsonFrom;
    private final int end;
    private final long id;
    private final long atMillis;

    private Line(byte[] bytes, int jsonFrom, int end, long id, long atMillis) {
        this.bytes = bytes;
        this.jsonFrom = jsonFrom;
        this.end = end;
        this.id = id;
        this.atMillis = atMillis;
    }

    /** A line with its end. */
    static byte[] of(long id, long atMillis, String json) {
        var start = (id + " " + atMillis + " ").getBytes(StandardCharsets.US_ASCII);
        var event = json.getBytes(StandardCharsets.UTF_8);
        int rest = CRC_LENGTH + 1;
        var line = new byte[rest + start.length + event.length + 1];
        System.arraycopy(start, 0, line, rest, start.length);
        System.arraycopy(event, 0, line, rest + start.length, event.length);
        var crc = crc(line, rest, start.length + event.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(crc, 0, line, 0, CRC_LENGTH);
        line[CRC_LENGTH] = ' ';
        line[line.length - 1] = '\n';
        return line;
    }

    /** The line between these places, its end left out; null if it is damaged. */
    static @Nullable Line read(byte[] bytes, int from, int end) {
        int rest = from + CRC_LENGTH + 1;
        if (rest >= end
                || bytes[rest - 1] != ' '
                || !crc(bytes, rest, end - rest).equals(ascii(bytes, from, rest - 1))) {
            return null;
        }
        int idEnd = indexOfSpace(bytes, rest, end);
        int atEnd = indexOfSpace(bytes, idEnd + 1, end);
        try {
            long id = Long.parseLong(ascii(bytes, rest, idEnd));
            return new Line(bytes, atEnd + 1, end, id, Long.parseLong(ascii(bytes, idEnd + 1, atEnd)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
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

    static String crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static String ascii(byte[] bytes, int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.US_ASCII);
    }

    private static int indexOfSpace(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != ' ') {
            at++;
        }
        return at;
    }
}
