package io.halcyon.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of an answer; what is not there is 0 or empty, what is malformed ends them. Good only while the answer is read.
 */
public final class Attributes {

    private static final int HEADER_BYTES = 4;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteBuffer body;
    private final int start;

    Attributes(ByteBuffer body, int start) {
        this.body = body;
        this.start = start;
    }

    /** Those in these octets. */
    public static Attributes of(byte[] octets) {
        return new Attributes(ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()), 0);
    }

    public boolean has(int type) {
        return find(type, 0) != null;
    }

    public int u8(int type) {
        ByteBuffer value = find(type, 1);
        return value == null ? 0 : Byte.toUnsignedInt(value.get(0));
    }

    /** In the machine's byte order. */
    public int u16(int type) {
        ByteBuffer value = find(type, 2);
        return value == null ? 0 : Short.toUnsignedInt(value.getShort(0));
    }

    /** In the network's byte order. */
    public int u16BigEndian(int type) {
        ByteBuffer value = find(type, 2);
        return value == null
                ? 0
                : Short.toUnsignedInt(value.order(ByteOrder.BIG_ENDIAN).getShort(0));
    }

    /** In the machine's byte order; the first one of a structure. */
    public long u32(int type) {
        ByteBuffer value = find(type, 4);
        return value == null ? 0 : Integer.toUnsignedLong(value.getInt(0));
    }

    public long u64(int type) {
        ByteBuffer value = find(type, 8);
        return value == null ? 0 : value.getLong(0);
    }

    /** In the network's byte order. */
    public long u32BigEndian(int type) {
        ByteBuffer value = find(type, 4);
        return value == null
                ? 0
                : Integer.toUnsignedLong(value.order(ByteOrder.BIG_ENDIAN).getInt(0));
    }

    /** In the network's byte order. */
    public long u64BigEndian(int type) {
        ByteBuffer value = find(type, 8);
        return value == null ? 0 : value.order(ByteOrder.BIG_ENDIAN).getLong(0);
    }

    public byte[] bytes(int type) {
        ByteBuffer value = find(type, 0);
        byte[] octets = new byte[value == null ? 0 : value.limit()];
        if (value != null) {
            value.get(0, octets);
        }
        return octets;
    }

    /** Without the zero at its end. */
    public String text(int type) {
        ByteBuffer value = find(type, 0);
        return value == null ? "" : Text.of(value);
    }

    /** The attributes in an attribute. */
    public Attributes nested(int type) {
        ByteBuffer value = find(type, 0);
        return new Attributes(value == null ? NOTHING : value, 0);
    }

    private @Nullable ByteBuffer find(int wanted, int leastBytes) {
        int position = start;
        while (body.limit() - position >= HEADER_BYTES) {
            int length = Short.toUnsignedInt(body.getShort(position));
            if (length < HEADER_BYTES || length > body.limit() - position) {
                return null;
            }
            // The two top bits say "nested" and "network byte order".
            if ((body.getShort(position + 2) & 0x3fff) == wanted) {
                return length - HEADER_BYTES < leastBytes
                        ? null
                        : body.slice(position + HEADER_BYTES, length - HEADER_BYTES)
                                .order(ByteOrder.nativeOrder());
            }
            position += (length + 3) & ~3;
        }
        return null;
    }
}
