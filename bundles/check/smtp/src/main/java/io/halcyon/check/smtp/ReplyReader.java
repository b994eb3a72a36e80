package io.halcyon.check.smtp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts replies together from what arrives. Keeps at most {@link #LIMIT_BYTES} of one. */
final class ReplyReader {

    static final int LIMIT_BYTES = 1 << 16;

    private static final Pattern LINE = Pattern.compile("([2-5]\\d\\d)(?:([ -])(.*))?");
    private static final int SHOWN_CHARACTERS = 120;

    private final StringBuilder line = new StringBuilder();
    private final List<String> texts = new ArrayList<>();
    private int code;
    private int bytes;

    /**
     * Takes bytes up to the end of a reply; the rest stays in the buffer.
     *
     * @return null if the reply is not complete
     * @throws IOException saying what is wrong, if this is no SMTP
     */
    @Nullable
    Reply next(ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            byte octet = data.get();
            if (++bytes > LIMIT_BYTES) {
                throw new IOException("the reply is longer than " + LIMIT_BYTES + " bytes");
            }
            if (octet != '\n') {
                line.append((char) (octet & 0xff));
            } else if (endsReply()) {
                return take();
            }
        }
        return null;
    }

    private boolean endsReply() throws IOException {
        var text = line.toString();
        line.setLength(0);
        var matcher = LINE.matcher(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        if (!matcher.matches()) {
            throw new IOException("not an SMTP reply: " + shown(text));
        }
        int number = Integer.parseInt(matcher.group(1));
        if (!texts.isEmpty() && number != code) {
            throw new IOException("the lines of one reply begin with " + code + " and " + number);
        }
        code = number;
        texts.add(matcher.group(3) == null ? "" : shown(matcher.group(3)));
        return !"-".equals(matcher.group(2));
    }

    private Reply take() {
        var reply = new Reply(code, texts);
        texts.clear();
        bytes = 0;
        return reply;
    }

    /** Printable ASCII, not too much of it. */
    private static String shown(String text) {
        var cut = text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS));
        return cut.strip().replaceAll("[^ -~]", ".");
    }
}
