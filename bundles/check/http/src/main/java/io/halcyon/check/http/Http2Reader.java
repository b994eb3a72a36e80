package io.halcyon.check.http;

import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackException;
import org.jspecify.annotations.Nullable;

/** Reads the answer on stream 1 of an HTTP/2 connection, RFC 9113. Holds one frame and one header block. */
final class Http2Reader implements AnswerReader {

    static final int HEADER_BYTES_MOST = 64 << 10;

    private static final int FRAME_BYTES_MOST = 16 << 10;
    private static final int TABLE_BYTES = 4096;

    /** Frames without a part of the answer: settings, pings, priorities. A well-behaved server sends three or four. */
    private static final int IDLE_FRAMES_MOST = 100;

    private static final int OUR_STREAM = 1;
    private static final int PING_BYTES = 8;

    private final Answer answer;
    private final CheckRun.Connection connection;
    private final HPackDecoder decoder = new HPackDecoder(TABLE_BYTES, StandardCharsets.ISO_8859_1);
    private ByteBuffer frame = ByteBuffer.allocate(256);
    private @Nullable ByteBuffer block;
    private boolean blockEndsStream;
    private boolean settled;
    private boolean answered;
    private boolean done;
    private int headerBytes;
    private int idleFrames;

    Http2Reader(Answer answer, CheckRun.Connection connection) {
        this.answer = answer;
        this.connection = connection;
        decoder.setMaxListSize(HEADER_BYTES_MOST);
    }

    @Override
    public boolean read(ByteBuffer data) throws IOException {
        while (!done && data.hasRemaining()) {
            fill(data, Http2Frames.HEADER_BYTES);
            if (frame.position() < Http2Frames.HEADER_BYTES) {
                return false;
            }
            int length = frame.getInt(0) >>> 8;
            if (!settled && frame.get(3) != Http2Frames.SETTINGS) {
                throw new Fault("the server does not speak HTTP/2");
            }
            if (length > FRAME_BYTES_MOST) {
                throw new Fault("the server sent an HTTP/2 frame of " + length + " bytes");
            }
            fill(data, Http2Frames.HEADER_BYTES + length);
            if (frame.position() == Http2Frames.HEADER_BYTES + length) {
                onFrame(frame.flip());
                frame.clear();
            }
        }
        return done;
    }

    @Override
    public void end(@Nullable IOException cause) throws IOException {
        throw cause != null
                ? cause
                : new Fault("the server ended the HTTP/2 connection "
                        + (answered ? "within the body" : "without an answer"));
    }

    private void fill(ByteBuffer data, int wanted) {
        if (frame.capacity() < wanted) {
            frame = ByteBuffer.allocate(Http2Frames.HEADER_BYTES + FRAME_BYTES_MOST)
                    .put(frame.flip());
        }
        int bytes = Math.min(wanted - frame.position(), data.remaining());
        if (bytes > 0) {
            frame.put(data.slice().limit(bytes));
            data.position(data.position() + bytes);
        }
    }

    private void onFrame(ByteBuffer whole) throws IOException {
        int type = whole.get(3);
        int flags = whole.get(4);
        int stream = whole.getInt(5) & Integer.MAX_VALUE;
        var payload = whole.position(Http2Frames.HEADER_BYTES).slice();
        if (block != null && type != Http2Frames.CONTINUATION) {
            throw new Fault("the server broke off an HTTP/2 header block");
        }
        switch (type) {
            case Http2Frames.DATA -> onData(ours(stream), flags, payload);
            case Http2Frames.HEADERS -> onHeaders(ours(stream), flags, payload);
            case Http2Frames.CONTINUATION -> onContinuation(ours(stream), flags, payload);
            case Http2Frames.SETTINGS -> onSettings(flags, payload);
            case Http2Frames.PING -> onPing(flags, payload);
            case Http2Frames.RST_STREAM -> throw new Fault(
                    "the server broke off the stream, HTTP/2 error " + error(payload, 0));
            case Http2Frames.GOAWAY -> onGoAway(payload);
            case Http2Frames.PUSH_PROMISE -> throw new Fault("the server pushed what nobody asked for");
            default -> countIdle();
        }
    }

    private static int ours(int stream) throws Fault {
        if (stream != OUR_STREAM) {
            throw new Fault("the server answered on HTTP/2 stream " + stream + ", which was never opened");
        }
        return stream;
    }

    private void onData(int stream, int flags, ByteBuffer payload) throws Fault {
        if (!answered) {
            throw new Fault("the server sent an HTTP/2 body on stream " + stream + " without a header");
        }
        var data = unpadded(flags, payload);
        if (!data.hasRemaining()) {
            countIdle();
        }
        answer.body.add(data);
        done = (flags & Http2Frames.END_STREAM) != 0;
    }

    private void onHeaders(int stream, int flags, ByteBuffer payload) throws Fault {
        var fragment = unpadded(flags, payload);
        if ((flags & Http2Frames.PRIORITY) != 0) {
            if (fragment.remaining() < 5) {
                throw new Fault("the server sent a header on HTTP/2 stream " + stream + " that is too short");
            }
            fragment.position(fragment.position() + 5);
        }
        blockEndsStream = (flags & Http2Frames.END_STREAM) != 0;
        block = ByteBuffer.allocate(fragment.remaining()).put(fragment);
        onFragment(block.position(), flags);
    }

    private void onContinuation(int stream, int flags, ByteBuffer payload) throws Fault {
        var begun = block;
        if (begun == null) {
            throw new Fault("the server continued a header on HTTP/2 stream " + stream + " that it had not begun");
        }
        countIdle();
        if (begun.remaining() < payload.remaining()) {
            begun = ByteBuffer.allocate(2 * (begun.position() + payload.remaining()))
                    .put(begun.flip());
        }
        int bytes = payload.remaining();
        block = begun.put(payload);
        onFragment(bytes, flags);
    }

    private void onFragment(int bytes, int flags) throws Fault {
        headerBytes += bytes;
        if (headerBytes > HEADER_BYTES_MOST) {
            throw new Fault("the header is longer than 64 KiB");
        }
        var whole = block;
        if (whole != null && (flags & Http2Frames.END_HEADERS) != 0) {
            block = null;
            onHeader(decoded(whole.flip()));
        }
    }

    private List<Header> decoded(ByteBuffer whole) throws Fault {
        try {
            return decoder.decodeHeaders(whole);
        } catch (HPackException | RuntimeException e) {
            throw new Fault(
                    "the server's HTTP/2 header cannot be read: " + Fault.shown(String.valueOf(e.getMessage())));
        }
    }

    private void onHeader(List<Header> fields) throws Fault {
        if (!answered) {
            answer.status = status(fields);
            answered = answer.status / 100 != 1;
            if (!answered && blockEndsStream) {
                throw new Fault("the server ended the stream after HTTP " + answer.status);
            }
            for (var field : fields) {
                announce(field.getName(), String.valueOf(field.getValue()));
            }
        } else if (!blockEndsStream) {
            throw new Fault("the server sent a second header");
        }
        done = answered && blockEndsStream;
    }

    private void announce(String name, String value) throws Fault {
        answer.header(name, value);
        if (!blockEndsStream && name.equals("content-length") && value.matches("\\d{1,18}")) {
            answer.body.announce(Long.parseLong(value));
        }
    }

    private static int status(List<Header> fields) throws Fault {
        for (var field : fields) {
            var value = String.valueOf(field.getValue());
            if (field.getName().equals(":status") && value.matches("[1-9]\\d\\d")) {
                return Integer.parseInt(value);
            }
        }
        throw new Fault("the server's HTTP/2 header has no status");
    }

    private void onSettings(int flags, ByteBuffer payload) throws Fault {
        countIdle();
        settled = true;
        if ((flags & Http2Frames.ACK) == 0) {
            if (payload.remaining() % 6 != 0) {
                throw new Fault("the server's HTTP/2 settings make no sense");
            }
            send(Http2Frames.frame(Http2Frames.SETTINGS, Http2Frames.ACK, 0, new byte[0]));
        }
    }

    private void onPing(int flags, ByteBuffer payload) throws Fault {
        countIdle();
        if (payload.remaining() != PING_BYTES) {
            throw new Fault("the server's HTTP/2 ping makes no sense");
        }
        if ((flags & Http2Frames.ACK) == 0) {
            var same = new byte[PING_BYTES];
            payload.get(same);
            send(Http2Frames.frame(Http2Frames.PING, Http2Frames.ACK, 0, same));
        }
    }

    private void onGoAway(ByteBuffer payload) throws Fault {
        countIdle();
        if (payload.remaining() < 8 || payload.getInt(4) != 0 || (payload.getInt(0) & Integer.MAX_VALUE) < OUR_STREAM) {
            throw new Fault("the server ended the HTTP/2 connection, error " + error(payload, 4));
        }
    }

    private static String error(ByteBuffer payload, int offset) {
        return payload.remaining() < offset + 4 ? "unknown" : Integer.toUnsignedString(payload.getInt(offset));
    }

    private void countIdle() throws Fault {
        if (++idleFrames > IDLE_FRAMES_MOST) {
            throw new Fault(
                    "the server sent more than " + IDLE_FRAMES_MOST + " HTTP/2 frames without an answer in them");
        }
    }

    private static ByteBuffer unpadded(int flags, ByteBuffer payload) throws Fault {
        if ((flags & Http2Frames.PADDED) == 0) {
            return payload;
        }
        int padding = payload.hasRemaining() ? payload.get() & 0xff : 1;
        if (padding > payload.remaining()) {
            throw new Fault("the server's HTTP/2 frame is padded beyond its end");
        }
        return payload.limit(payload.limit() - padding).slice();
    }

    private void send(byte[] bytes) {
        connection.write(ByteBuffer.wrap(bytes));
    }
}
