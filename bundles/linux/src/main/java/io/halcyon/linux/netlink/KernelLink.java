package io.halcyon.linux.netlink;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An interface as the kernel has it.
 *
 * @param index kernel index; a re-created interface has a new one
 * @param name such as {@code eth0}
 * @param flags {@code IFF_*}
 * @param operationalState RFC 2863: 0 unknown, 2 down, 6 up
 * @param mac link-layer address in the low 48 bits, 0 if it has none of that size
 * @param mtu in bytes
 */
public record KernelLink(int index, String name, int flags, int operationalState, long mac, int mtu) {

    public static final int UP = 0x1;
    public static final int LOOPBACK = 0x8;
    public static final int LOWER_UP = 0x10000;

    private static final int STATE_NOT_PRESENT = 1;
    private static final int STATE_DOWN = 2;
    private static final int STATE_LOWER_LAYER_DOWN = 3;
    private static final int HEADER_BYTES = 16;

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether the cable is in: many drivers leave the operational state unknown, so only "down" counts against. */
    public boolean carrier() {
        return has(LOWER_UP)
                && operationalState != STATE_NOT_PRESENT
                && operationalState != STATE_DOWN
                && operationalState != STATE_LOWER_LAYER_DOWN;
    }

    /** Reads {@code RTM_NEWLINK} and {@code RTM_DELLINK}; null for a bridge's word about its port. */
    static @Nullable KernelLink read(Message message) {
        ByteBuffer body = message.body();
        if (body.limit() < HEADER_BYTES || body.get(0) != Netlink.AF_UNSPEC) {
            return null;
        }
        Attributes found = new Attributes();
        message.attributes(HEADER_BYTES, found);
        return new KernelLink(body.getInt(4), found.name, body.getInt(8), found.state, found.mac, found.mtu);
    }

    private static final class Attributes implements Message.AttributeReader {
        private String name = "";
        private int state;
        private long mac;
        private int mtu;

        @Override
        public void attribute(int type, ByteBuffer value) {
            switch (type) {
                case Netlink.IFLA_IFNAME -> name = Text.of(value);
                case Netlink.IFLA_MTU -> mtu = value.getInt(0);
                case Netlink.IFLA_OPERSTATE -> state = value.get(0);
                case Netlink.IFLA_ADDRESS -> mac = mac(value);
                default -> {}
            }
        }

        private static long mac(ByteBuffer value) {
            if (value.remaining() != 6) {
                return 0;
            }
            long mac = 0;
            for (int i = 0; i < 6; i++) {
                mac = (mac << 8) | Byte.toUnsignedLong(value.get(i));
            }
            return mac;
        }
    }
}
