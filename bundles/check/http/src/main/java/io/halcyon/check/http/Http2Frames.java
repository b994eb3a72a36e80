package io.halcyon.check.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.util.ByteArrayBuffer;

/** Frames that we send, RFC 9113. */
final class Http2Frames {

    static final int HEADER_BYTES = 9;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;

    static final int ACK = 0x1;
    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITY = 0x20;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SETTING_ENABLE_PUSH = 2;
    private static final int SETTING_INITIAL_WINDOW_SIZE = 4;
    private static final int SETTING_MAX_HEADER_LIST_SIZE = 6;
    private static final int WINDOW_UPDATE = 8;

    /** More than any body that is read: windows never have to be opened again. */
    private static final int WINDOW_BYTES = 1 << 30;

    private Http2Frames() {}

    /** All that a connection with one request needs to send at first. */
    static byte[] request(Origin origin, HttpRequest.Template template, String authority, String path) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(PREFACE);
        var settings = ByteBuffer.allocate(18);
        settings.putShort((short) SETTING_ENABLE_PUSH).putInt(0);
        settings.putShort((short) SETTING_INITIAL_WINDOW_SIZE).putInt(WINDOW_BYTES);
        settings.putShort((short) SETTING_MAX_HEADER_LIST_SIZE).putInt(Http2Reader.HEADER_BYTES_MOST);
        out.writeBytes(frame(SETTINGS, 0, 0, settings.array()));
        out.writeBytes(frame(
                WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(WINDOW_BYTES).array()));
        boolean bodyless = template.body().isEmpty();
        out.writeBytes(frame(
                HEADERS, END_HEADERS | (bodyless ? END_STREAM : 0), 1, header(origin, template, authority, path)));
        if (!bodyless) {
            out.writeBytes(frame(DATA, END_STREAM, 1, template.bodyBytes()));
        }
        return out.toByteArray();
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** Without a dynamic table, so that the same octets are right on every connection. */
    private static byte[] header(Origin origin, HttpRequest.Template template, String authority, String path) {
        var encoder = new HPackEncoder(0, StandardCharsets.US_ASCII);
        var block = new ByteArrayBuffer(256);
        try {
            encoder.encodeHeader(block, ":method", template.method(), false);
            encoder.encodeHeader(block, ":scheme", origin.secure() ? "https" : "http", false);
            encoder.encodeHeader(block, ":authority", authority, false);
            encoder.encodeHeader(block, ":path", path, false);
            if (!template.names("user-agent")) {
                encoder.encodeHeader(block, "user-agent", "Halcyon", false);
            }
            if (template.gzip()) {
                encoder.encodeHeader(block, "accept-encoding", "gzip", false);
            }
            for (var field : template.header()) {
                encoder.encodeHeader(block, field.name().toLowerCase(Locale.ROOT), field.value(), false);
            }
            if (!template.body().isEmpty()) {
                encoder.encodeHeader(block, "content-length", Integer.toString(template.bodyBytes().length), false);
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("header fields in ASCII", e);
        }
        return block.toByteArray();
    }
}
