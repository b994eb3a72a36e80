package io.halcyon.check.haproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An answer by HTTP. Immutable.
 *
 * @param status code
 * @param body what came behind the headers, its chunks put together: HAProxy sends them even to a client of HTTP/1.0
 */
record HttpAnswer(int status, String body) {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b");
    private static final Pattern CHUNKED = Pattern.compile("\r\ntransfer-encoding:\\s*chunked\\s*\r\n");
    /** HAProxy fills it up with zeros. */
    private static final Pattern SIZE = Pattern.compile("0*([0-9a-f]{1,7})\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    /**
     * Reads it.
     *
     * @throws IOException if it is something else, saying what
     */
    static HttpAnswer parse(byte[] answer) throws IOException {
        // One character per byte, as the sizes of chunks count them.
        var text = new String(answer, StandardCharsets.ISO_8859_1);
        var status = STATUS_LINE.matcher(text);
        int end = text.indexOf("\r\n\r\n");
        if (!status.lookingAt() || end < 0) {
            throw new IOException(
                    text.isEmpty() ? "the connection was closed without an answer" : "not an HTTP answer");
        }
        var head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
        var body = text.substring(end + 4);
        return new HttpAnswer(
                Integer.parseInt(status.group(1)), CHUNKED.matcher(head).find() ? joined(body) : body);
    }

    private static String joined(String chunks) throws IOException {
        var body = new StringBuilder();
        for (int at = 0; ; ) {
            int lineEnd = chunks.indexOf("\r\n", at);
            var size = SIZE.matcher(lineEnd < 0 ? "" : chunks.substring(at, lineEnd));
            if (!size.matches()) {
                throw new IOException("the answer broke off between two chunks");
            }
            int length = Integer.parseInt(size.group(1), 16);
            if (length == 0) {
                return body.toString();
            }
            int start = lineEnd + 2;
            if (length > chunks.length() - start) {
                throw new IOException("the answer broke off within a chunk");
            }
            body.append(chunks, start, start + length);
            at = Math.min(chunks.length(), start + length + 2);
        }
    }
}
