package io.halcyon.console.shell.line;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Takes terminal control sequences (ECMA-48) out of a stream: Karaf's own commands write them wherever they print.
 *
 * <p>One thread writes. Sequences may be cut anywhere between two writes.
 */
final class PlainOutput extends FilterOutputStream {

    private static final int ESCAPE = 0x1b;
    private static final int BELL = 0x07;

    private enum Inside {
        TEXT,
        /** After ESC. */
        ESCAPE,
        /** After ESC and intermediate octets: one final octet follows. */
        SHORT_SEQUENCE,
        /** After ESC [ : parameters until a final octet 0x40-0x7e. */
        CONTROL_SEQUENCE,
        /** After ESC ] and the like: text until BEL or ESC \. */
        STRING
    }

    private Inside inside = Inside.TEXT;

    PlainOutput(OutputStream target) {
        super(target);
    }

    @Override
    public void write(int octet) throws IOException {
        int value = octet & 0xff;
        switch (inside) {
            case TEXT -> {
                if (value == ESCAPE) {
                    inside = Inside.ESCAPE;
                } else {
                    out.write(value);
                }
            }
            case ESCAPE -> inside = afterEscape(value);
            case SHORT_SEQUENCE -> inside = isIntermediate(value) ? Inside.SHORT_SEQUENCE : Inside.TEXT;
            case CONTROL_SEQUENCE -> inside = value >= 0x40 && value <= 0x7e ? Inside.TEXT : Inside.CONTROL_SEQUENCE;
            case STRING -> {
                if (value == BELL) {
                    inside = Inside.TEXT;
                } else if (value == ESCAPE) {
                    // ESC \ ends the string: the backslash is then the whole of a short sequence.
                    inside = Inside.ESCAPE;
                }
            }
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private static Inside afterEscape(int value) {
        return switch (value) {
            case '[' -> Inside.CONTROL_SEQUENCE;
            case ']', 'P', 'X', '^', '_' -> Inside.STRING;
            default -> isIntermediate(value) ? Inside.SHORT_SEQUENCE : Inside.TEXT;
        };
    }

    private static boolean isIntermediate(int value) {
        return value >= 0x20 && value <= 0x2f;
    }
}
