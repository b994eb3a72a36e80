package io.halcyon.notify.syslog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How messages are told apart in a stream, RFC 6587 section 3.4. */
enum Framing {
    OCTET_COUNTING {
        @Override
        byte[] frame(byte[] message) {
            return joined((message.length + " ").getBytes(StandardCharsets.US_ASCII), message);
        }
    },
    LF {
        @Override
        byte[] frame(byte[] message) {
            return joined(message, new byte[] {'\n'});
        }
    };

    abstract byte[] frame(byte[] message);

    private static byte[] joined(byte[] first, byte[] second) {
        var all = new ByteArrayOutputStream(first.length + second.length);
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}
