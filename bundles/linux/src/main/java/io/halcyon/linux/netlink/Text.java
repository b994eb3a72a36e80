package io.halcyon.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Strings in attributes end with a zero byte. */
final class Text {

    private Text() {}

    static String of(ByteBuffer value) {
        int length = value.remaining();
        while (length > 0 && value.get(length - 1) == 0) {
            length--;
        }
        byte[] octets = new byte[length];
        value.get(0, octets);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
