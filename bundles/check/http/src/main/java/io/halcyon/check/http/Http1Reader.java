package io.halcyon.check.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads an answer of HTTP/1.0 or 1.1, RFC 9112. Holds one line and trusts none. */
final class Http1Reader implements AnswerReader {

    private enum Part {
        STATUS,
        HEADER,
        LENGTH,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_END,
        DONE
    }

    private static final int HEADER_BYTES_MOST = 64 << 10;
    private static final int CHUNK_LINE_MOST = 256;
    private static final long UNKNOWN = -1;

    private final Answer answer;
    private final boolean toHead;
    private final StringBuilder line = new StringBuilder(64);
    private Part part = Part.STATUS;
    private int headerBytes;
    private boolean chunked;
    private long announcedBytes = UNKNOWN;
    private long missingBytes;

    Http1Reader(Answer answer, boolean toHead) {
        this.answer = answer;
        this.toHead = toHead;
    }

    @Override
    public boolean read(ByteBuffer data) throws IOException {
        while (part != Part.DONE && data.hasRemaining()) {
            switch (part) {
                case LENGTH -> take(data, Part.DONE);
                case CHUNK -> take(data, Part.CHUNK_END);
                case UNTIL_END -> answer.body.add(data);
                default -> {
                    if (lineIsComplete(data)) {
                        onLine();
                        line.setLength(0);
                    }
                }
            }
        }
        return part == Part.DONE;
    }

    @Override
    public void end(@Nullable IOException cause) throws IOException {
        if (cause != null) {
            throw cause;
        }
        if (part == Part.UNTIL_END) {
            part = Part.DONE;
            return;
        }
        throw new Fault(
                switch (part) {
                    case STATUS -> "the server ended the connection without an answer";
                    case HEADER -> "the server ended the connection within the header";
                    case LENGTH -> "the server ended the connection within the body, " + answer.body.length() + " of "
                            + announcedBytes + " bytes came";
                    default -> "the server ended the connection within the chunked body after " + answer.body.length()
                            + " bytes";
                });
    }

    private void take(ByteBuffer data, Part next) throws Fault {
        int bytes = (int) Math.min(missingBytes, data.remaining());
        answer.body.add(data.slice().limit(bytes));
        data.position(data.position() + bytes);
        missingBytes -= bytes;
        if (missingBytes == 0) {
            part = next;
        }
    }

    private boolean lineIsComplete(ByteBuffer data) throws Fault {
        boolean inChunks = part == Part.CHUNK_SIZE || part == Part.CHUNK_END;
        while (data.hasRemaining()) {
            char next = (char) (data.get() & 0xff);
            if (!inChunks && ++headerBytes > HEADER_BYTES_MOST) {
                throw new Fault("the header is longer than 64 KiB");
            }
            if (next == '\n') {
                dropCarriageReturn();
                return true;
            }
            line.append(next);
            if (inChunks && line.length() > CHUNK_LINE_MOST) {
                throw new Fault("the size of a chunk makes no sense: " + Fault.shown(line));
            }
            if (part == Part.STATUS && !mayBecomeHttp()) {
                throw new Fault("the answer is not HTTP, it begins with " + Fault.shown(line));
            }
        }
        return false;
    }

    private boolean mayBecomeHttp() {
        int length = line.length();
        return length > 5 || "HTTP/".startsWith(line.toString());
    }

    private void dropCarriageReturn() {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
    }

    private void onLine() throws Fault {
        switch (part) {
            case STATUS -> onStatus();
            case HEADER -> onHeader();
            case CHUNK_SIZE -> onChunkSize();
            case CHUNK_END -> {
                if (!line.isEmpty()) {
                    throw new Fault("a chunk is longer than its size says");
                }
                part = Part.CHUNK_SIZE;
            }
            default -> part = line.isEmpty() ? Part.DONE : Part.TRAILER;
        }
    }

    private void onStatus() throws Fault {
        // HTTP/1.1 200 and nothing, or a blank with more behind it.
        boolean fits = line.length() >= 12
                && line.charAt(5) == '1'
                && line.charAt(6) == '.'
                && line.charAt(8) == ' '
                && (line.length() == 12 || line.charAt(12) == ' ');
        int status = fits ? (int) number(line, 9, 12, 10) : -1;
        if (status < 100) {
            throw new Fault("the status line makes no sense: " + Fault.shown(line));
        }
        answer.status = status;
        part = Part.HEADER;
    }

    private void onHeader() throws Fault {
        if (line.isEmpty()) {
            beginBody();
            return;
        }
        if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            return; // goes on with a field that was read: RFC 9112 section 5.2
        }
        int colon = line.indexOf(":");
        if (colon <= 0) {
            throw new Fault("a header field makes no sense: " + Fault.shown(line));
        }
        switch (line.charAt(0) | 0x20) {
            case 'c', 'l', 't' -> field(
                    line.substring(0, colon), line.substring(colon + 1).strip());
            default -> {}
        }
    }

    private void field(String name, String value) throws Fault {
        if (name.equalsIgnoreCase("content-length")) {
            if (value.isEmpty() || value.length() > 18 || number(value, 0, value.length(), 10) < 0) {
                throw new Fault("content-length makes no sense or is too long: " + Fault.shown(value));
            }
            long bytes = number(value, 0, value.length(), 10);
            if (announcedBytes != UNKNOWN && announcedBytes != bytes) {
                throw new Fault("content-length is given twice: " + announcedBytes + " and " + bytes);
            }
            announcedBytes = bytes;
        } else if (name.equalsIgnoreCase("transfer-encoding")) {
            if (!value.equalsIgnoreCase("chunked")) {
                throw new Fault("transfer-encoding is not chunked: " + Fault.shown(value));
            }
            chunked = true;
        } else {
            answer.header(name, value);
        }
    }

    private void beginBody() throws Fault {
        if (answer.status / 100 == 1 && answer.status != 101) {
            part = Part.STATUS; // RFC 9110 section 15.2: the answer proper comes later
        } else if (toHead || answer.hasNoBody()) {
            part = Part.DONE;
        } else if (chunked) {
            part = Part.CHUNK_SIZE;
        } else if (announcedBytes == UNKNOWN) {
            part = Part.UNTIL_END;
        } else {
            answer.body.announce(announcedBytes);
            missingBytes = announcedBytes;
            part = announcedBytes == 0 ? Part.DONE : Part.LENGTH;
        }
    }

    private void onChunkSize() throws Fault {
        int extension = line.indexOf(";");
        var size = (extension < 0 ? line.toString() : line.substring(0, extension)).strip();
        int from = 0;
        while (from + 1 < size.length() && size.charAt(from) == '0') {
            from++; // HAProxy fills it up
        }
        long bytes = size.isEmpty() || size.length() - from > 7 ? -1 : number(size, from, size.length(), 16);
        if (bytes < 0) {
            throw new Fault("the size of a chunk makes no sense: " + Fault.shown(line));
        }
        missingBytes = bytes;
        part = bytes == 0 ? Part.TRAILER : Part.CHUNK;
    }

    /** Digits only, without the signs that {@code parseInt} takes; -1 if there is anything else. */
    private static long number(CharSequence text, int from, int to, int radix) {
        long number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }
}
