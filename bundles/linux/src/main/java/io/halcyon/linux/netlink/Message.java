package io.halcyon.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * One message of a received datagram.
 *
 * @param sequence of the request it answers
 * @param port netlink port of the process that caused it, 0 for the kernel
 * @param body what follows the header; a view, valid until the next receive
 */
record Message(int type, int flags, int sequence, int port, ByteBuffer body) {

    /** Hears of one attribute. */
    interface AttributeReader {
        void attribute(int type, ByteBuffer value);
    }

    /** Cuts a datagram into its messages. What is malformed ends the walk. */
    static void forEach(ByteBuffer datagram, Consumer<Message> reader) {
        int position = datagram.position();
        while (datagram.limit() - position >= Netlink.HEADER_BYTES) {
            int length = datagram.getInt(position);
            if (length < Netlink.HEADER_BYTES || length > datagram.limit() - position) {
                return;
            }
            reader.accept(new Message(
                    Short.toUnsignedInt(datagram.getShort(position + 4)),
                    Short.toUnsignedInt(datagram.getShort(position + 6)),
                    datagram.getInt(position + 8),
                    datagram.getInt(position + 12),
                    slice(datagram, position + Netlink.HEADER_BYTES, length - Netlink.HEADER_BYTES)));
            position += align(length);
        }
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Reads the attributes behind a fixed header of {@code headerBytes}. What is malformed ends the walk. */
    void attributes(int headerBytes, AttributeReader reader) {
        int position = headerBytes;
        while (body.limit() - position >= 4) {
            int length = Short.toUnsignedInt(body.getShort(position));
            if (length < 4 || length > body.limit() - position) {
                return;
            }
            // The two top bits say "nested" and "network byte order".
            int type = body.getShort(position + 2) & 0x3fff;
            reader.attribute(type, slice(body, position + 4, length - 4));
            position += align(length);
        }
    }

    private static ByteBuffer slice(ByteBuffer buffer, int offset, int length) {
        return buffer.slice(offset, length).order(ByteOrder.nativeOrder());
    }

    private static int align(int length) {
        return (length + 3) & ~3;
    }
}
