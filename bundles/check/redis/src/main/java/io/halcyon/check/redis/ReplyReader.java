package io.halcyon.check.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts replies together from what arrives (RESP2). Keeps at most a mebibyte of one. */
final class ReplyReader {

    static final int LINE_LIMIT_BYTES = 4096;
    static final int TEXT_LIMIT_BYTES = 1 << 20;

    /** No text is awaited. */
    private static final int NONE = -1;

    private static final int LINE_END_BYTES = 2;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int missingBytes = NONE;

    /**
     * Takes bytes up to the end of a reply; the rest stays in the buffer.
     *
     * @return null if the reply is not complete
     * @throws IOException saying what is wrong, if this is no Redis
     */
    @Nullable
    RedisReply next(ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            var reply = missingBytes == NONE ? byLine(data.get()) : byText(data);
            if (reply != null) {
                return reply;
            }
        }
        return null;
    }

    private @Nullable RedisReply byLine(byte octet) throws IOException {
        if (octet != '\n') {
            if (line.size() == LINE_LIMIT_BYTES) {
                throw new IOException("a line is longer than " + LINE_LIMIT_BYTES + " bytes");
            }
            line.write(octet);
            return null;
        }
        var written = line.toString(StandardCharsets.ISO_8859_1);
        line.reset();
        if (written.length() < LINE_END_BYTES || !written.endsWith("\r")) {
            throw new IOException("no Redis reply");
        }
        return meaning(written.charAt(0), written.substring(1, written.length() - 1));
    }

    private @Nullable RedisReply meaning(char kind, String rest) throws IOException {
        if (kind == '+' || kind == '-' || kind == ':') {
            return new RedisReply(kind, rest);
        }
        if (kind != '$' || !rest.matches("\\d{1,9}")) {
            throw new IOException("no Redis reply");
        }
        int bytes = Integer.parseInt(rest);
        if (bytes > TEXT_LIMIT_BYTES) {
            throw new IOException("a reply is longer than " + TEXT_LIMIT_BYTES + " bytes");
        }
        missingBytes = bytes + LINE_END_BYTES;
        return null;
    }

    private @Nullable RedisReply byText(ByteBuffer data) {
        var part = new byte[Math.min(missingBytes, data.remaining())];
        data.get(part);
        text.writeBytes(part);
        missingBytes -= part.length;
        if (missingBytes > 0) {
            return null;
        }
        missingBytes = NONE;
        var whole = text.toString(StandardCharsets.ISO_8859_1);
        text.reset();
        return new RedisReply('$', whole.substring(0, whole.length() - LINE_END_BYTES));
    }
}
