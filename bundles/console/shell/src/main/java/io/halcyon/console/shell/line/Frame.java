package io.halcyon.console.shell.line;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What client and container say to each other: a kind (one octet), a length (four octets, big-endian), the payload.
 *
 * <p>A client that has a terminal sends a {@code WINDOW} frame first. Then it sends one {@code LINE} frame, or one
 * {@code SHELL} frame and after it {@code INPUT} and {@code WINDOW} frames. The container sends any number of {@code OUT}
 * and {@code ERR} frames and one {@code EXIT} frame at the end.
 */
record Frame(Kind kind, ByteBuffer payload) {

    static final int HEADER_BYTES = 5;
    static final int MAX_PAYLOAD_BYTES = 64 * 1024;

    enum Kind {
        /** A command line; its output goes to a file or a pipe. */
        PLAIN_LINE('l'),
        /** A command line; its output goes to a terminal. */
        TERMINAL_LINE('t'),
        /** A person at a terminal; the payload is its type. */
        SHELL('s'),
        /** What the person types. */
        INPUT('i'),
        /** How large the terminal is: columns and rows, four octets each. */
        WINDOW('w'),
        OUT('o'),
        ERR('e'),
        /** The end; the payload is the exit code as four octets. */
        EXIT('x');

        private final byte octet;

        Kind(char octet) {
            this.octet = (byte) octet;
        }

        static Kind of(byte octet) throws MalformedFrameException {
            for (Kind kind : values()) {
                if (kind.octet == octet) {
                    return kind;
                }
            }
            throw new MalformedFrameException("unknown kind of frame: " + octet);
        }
    }

    static Frame text(Kind kind, String text) {
        return new Frame(kind, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Frame exit(int code) {
        return new Frame(Kind.EXIT, ByteBuffer.allocate(4).putInt(0, code));
    }

    static Frame window(Window window) {
        ByteBuffer payload = ByteBuffer.allocate(8).putInt(window.columns()).putInt(window.rows());
        return new Frame(Kind.WINDOW, payload.flip());
    }

    Window window() throws MalformedFrameException {
        if (payload.remaining() != 8) {
            throw new MalformedFrameException("a window has 8 octets, not " + payload.remaining());
        }
        return new Window(payload.getInt(payload.position()), payload.getInt(payload.position() + 4));
    }

    byte[] bytes() {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }

    String text() {
        return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    int exitCode() throws MalformedFrameException {
        if (payload.remaining() != 4) {
            throw new MalformedFrameException("an exit code has 4 octets, not " + payload.remaining());
        }
        return payload.getInt(payload.position());
    }

    ByteBuffer encoded() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.remaining())
                .put(kind.octet)
                .putInt(payload.remaining())
                .put(payload.duplicate())
                .flip();
    }
}
