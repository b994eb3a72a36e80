package io.halcyon.json;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 for whoever writes line after line, in an array that serves again and again: garbage delays whoever is in a hurry
 * elsewhere. One thread at a time.
 */
public final class LineBuffer {

    private static final int USUAL_BYTES = 1_024;

    /** After something rare and long, the array is not kept. */
    private static final int MOST_KEPT_BYTES = 256 << 10;

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private byte[] bytes = new byte[USUAL_BYTES];
    private int size;

    /** Adds what {@link Json#line(EventRecord)} says. */
    public void add(EventRecord record) {
        LineWriter.write(record, this);
    }

    /** Adds what {@link Json#line(DeadLetter)} says. */
    public void add(DeadLetter letter) {
        LineWriter.write(letter, this);
    }

    /** Adds a text as it is. */
    public void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < 0x80) {
                add((byte) character);
            } else {
                i += addBeyondAscii(text, i);
            }
        }
    }

    /** Adds a byte. */
    public void add(byte one) {
        ensureRoomFor(1);
        bytes[size++] = one;
    }

    /** Adds a number in decimal. */
    public void addNumber(long number) {
        if (number < 0) {
            add((byte) '-');
        }
        int length = digits(number);
        ensureRoomFor(length);
        long left = number;
        for (int place = size + length - 1; place >= size; place--) {
            bytes[place] = (byte) ('0' + Math.abs(left % 10));
            left /= 10;
        }
        size += length;
    }

    /** Adds the last so many digits of a number that is not negative. */
    void addDigits(int number, int digits) {
        ensureRoomFor(digits);
        int left = number;
        for (int place = size + digits - 1; place >= size; place--) {
            bytes[place] = (byte) ('0' + left % 10);
            left /= 10;
        }
        size += digits;
    }

    /** Adds a string of JSON. */
    void addQuoted(String text) {
        add((byte) '"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character >= 0x80) {
                i += addBeyondAscii(text, i);
            } else if (character < ' ' || character == '"' || character == '\\') {
                addEscaped(character);
            } else {
                add((byte) character);
            }
        }
        add((byte) '"');
    }

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** Where the bytes are; another array may take the place of this one with the next addition. */
    public byte[] array() {
        return bytes;
    }

    /** Forgets what was added when there were more than so many bytes. */
    public void truncate(int newSize) {
        size = newSize;
    }

    /** Forgets all. */
    public void clear() {
        size = 0;
        if (bytes.length > MOST_KEPT_BYTES) {
            bytes = new byte[USUAL_BYTES];
        }
    }

    /** A copy of what there is. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    /** Adds the character at that place, and tells how many more places it takes. */
    private int addBeyondAscii(String text, int place) {
        int point = text.codePointAt(place);
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            // Half of one.
            add((byte) '?');
        } else if (point < 0x800) {
            add((byte) (0xc0 | (point >> 6)));
            addRest(point);
        } else if (point < 0x10000) {
            add((byte) (0xe0 | (point >> 12)));
            addRest(point >> 6);
            addRest(point);
        } else {
            add((byte) (0xf0 | (point >> 18)));
            addRest(point >> 12);
            addRest(point >> 6);
            addRest(point);
            return 1;
        }
        return 0;
    }

    private void addRest(int bits) {
        add((byte) (0x80 | (bits & 0x3f)));
    }

    private void addEscaped(char character) {
        add((byte) '\\');
        switch (character) {
            case '\b' -> add((byte) 'b');
            case '\t' -> add((byte) 't');
            case '\n' -> add((byte) 'n');
            case '\f' -> add((byte) 'f');
            case '\r' -> add((byte) 'r');
            case '"', '\\' -> add((byte) character);
            default -> {
                add("u00");
                add((byte) HEX[character >> 4]);
                add((byte) HEX[character & 0xf]);
            }
        }
    }

    private static int digits(long number) {
        int digits = 1;
        for (long left = number / 10; left != 0; left /= 10) {
            digits++;
        }
        return digits;
    }

    private void ensureRoomFor(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
