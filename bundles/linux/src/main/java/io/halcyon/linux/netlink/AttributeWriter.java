package io.halcyon.linux.netlink;

import java.util.function.Consumer;

/** Writes attributes of a request. Good only while the request is written. */
public final class AttributeWriter {

    private final MessageWriter writer;

    AttributeWriter(MessageWriter writer) {
        this.writer = writer;
    }

    public AttributeWriter u8(int type, int value) {
        writer.attributeU8(type, value);
        return this;
    }

    /** In the machine's byte order. */
    public AttributeWriter u16(int type, int value) {
        writer.attributeU16(type, value);
        return this;
    }

    /** In the network's byte order. */
    public AttributeWriter u16BigEndian(int type, int value) {
        return bytes(type, new byte[] {(byte) (value >> 8), (byte) value});
    }

    /** One, or several in a row (a structure); in the machine's byte order. */
    public AttributeWriter u32(int type, long... values) {
        writer.attributeU32(type, values);
        return this;
    }

    public AttributeWriter bytes(int type, byte[] value) {
        writer.attribute(type, value);
        return this;
    }

    /** With the zero at its end. */
    public AttributeWriter text(int type, String value) {
        writer.attribute(type, value);
        return this;
    }

    /** An attribute of attributes. */
    public AttributeWriter nested(int type, Consumer<AttributeWriter> content) {
        int at = writer.beginNested(type);
        content.accept(this);
        writer.endNested(at);
        return this;
    }
}
