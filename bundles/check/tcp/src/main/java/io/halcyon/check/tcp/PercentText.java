package io.halcyon.check.tcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes as text in which {@code %XX} is one byte, since FileInstall would eat backslashes. */
final class PercentText {

    private static final String ALLOWED = "text in which %XX is one byte, such as %0d%0a, and %25 a percent sign";
    private static final int HEX = 16;

    private PercentText() {}

    /**
     * The bytes that a text means; characters beyond ASCII are UTF-8.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static byte[] decode(String text) {
        var bytes = new ByteArrayOutputStream();
        int percent = text.indexOf('%');
        int done = 0;
        while (percent >= 0) {
            bytes.writeBytes(text.substring(done, percent).getBytes(StandardCharsets.UTF_8));
            bytes.write(octet(text, percent + 1));
            done = percent + 3;
            percent = text.indexOf('%', done);
        }
        bytes.writeBytes(text.substring(done).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static int octet(String text, int at) {
        if (at + 2 > text.length()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        int high = Character.digit(text.charAt(at), HEX);
        int low = Character.digit(text.charAt(at + 1), HEX);
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return high * HEX + low;
    }
}
