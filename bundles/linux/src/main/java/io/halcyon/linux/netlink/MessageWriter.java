package io.halcyon.linux.netlink;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes netlink messages one behind the other into a direct buffer. Not thread-safe. */
final class MessageWriter {

    private static final int FLAGS_OFFSET = 6;

    private final ByteBuffer buffer;
    private int start;

    MessageWriter(int capacity) {
        buffer = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    }

    MessageWriter clear() {
        buffer.clear();
        return this;
    }

    /** Opens a message; the family-specific header and attributes follow. */
    MessageWriter begin(int type, int flags, int sequence) {
        start = buffer.position();
        buffer.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence);
        buffer.putInt(0); // sender's port: the kernel knows it
        return this;
    }

    MessageWriter u8(int value) {
        buffer.put((byte) value);
        return this;
    }

    MessageWriter u16(int value) {
        buffer.putShort((short) value);
        return this;
    }

    MessageWriter u32(long value) {
        buffer.putInt((int) value);
        return this;
    }

    MessageWriter attribute(int type, byte[] value) {
        buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        return pad();
    }

    MessageWriter attribute(int type, InetAddress value) {
        return attribute(type, value.getAddress());
    }

    MessageWriter attribute(int type, String value) {
        return attribute(type, (value + '\0').getBytes(StandardCharsets.UTF_8));
    }

    MessageWriter attributeU8(int type, int value) {
        return attribute(type, new byte[] {(byte) value});
    }

    MessageWriter attributeU16(int type, int value) {
        buffer.putShort((short) 6).putShort((short) type).putShort((short) value);
        return pad();
    }

    MessageWriter attributeU32(int type, long... values) {
        buffer.putShort((short) (4 + 4 * values.length)).putShort((short) type);
        for (long value : values) {
            buffer.putInt((int) value);
        }
        return this;
    }

    /** Opens an attribute of attributes, which follow; the answer closes it. */
    int beginNested(int type) {
        int at = buffer.position();
        buffer.putShort((short) 0).putShort((short) (type | Netlink.NLA_F_NESTED));
        return at;
    }

    /** Closes what {@link #beginNested} opened. */
    MessageWriter endNested(int at) {
        buffer.putShort(at, (short) (buffer.position() - at));
        return this;
    }

    /** Closes the message: its length is known now. */
    MessageWriter end() {
        buffer.putInt(start, buffer.position() - start);
        return this;
    }

    /** Adds a flag to the message that was closed last. */
    void addFlagToLast(int flag) {
        buffer.putShort(start + FLAGS_OFFSET, (short) (buffer.getShort(start + FLAGS_OFFSET) | flag));
    }

    /** What was written since {@link #clear}, to be read once. */
    ByteBuffer written() {
        return buffer.flip();
    }

    private MessageWriter pad() {
        while ((buffer.position() & 3) != 0) {
            buffer.put((byte) 0);
        }
        return this;
    }
}
