package io.halcyon.linux.frame;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Frames that announce IPv6 addresses: unsolicited neighbor advertisements (RFC 4861 sections 4.4 and 7.2.6) from the
 * address itself to all nodes, with the override flag.
 *
 * <p>Belongs to the thread that announces: one frame is used for all addresses.
 */
public final class NeighborAdvertisement {

    public static final int LENGTH = 86;

    /** Shortest one: its options are left out. */
    public static final int SHORTEST = 78;

    /** Where the frame has the target address. */
    public static final int TARGET = 62;

    private static final byte[] ALL_NODES_MAC = {0x33, 0x33, 0, 0, 0, 1};

    private static final byte[] ALL_NODES = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final int ICMPV6 = 58;
    private static final int TYPE = 136;
    private static final int ROUTER = 0x80000000;
    private static final int OVERRIDE = 0x20000000;
    private static final int SOURCE = 22;
    private static final int MESSAGE = 54;
    private static final int MESSAGE_LENGTH = LENGTH - MESSAGE;
    private static final int CHECKSUM = 56;

    private final byte[] frame = new byte[LENGTH];
    private final ByteBuffer buffer = ByteBuffer.wrap(frame);

    /**
     * Frames of one sender.
     *
     * @param mac its six octets
     * @param router whether we forward: a host that sees the flag drop out stops using us, one that sees it takes us for a
     *     default router
     */
    public NeighborAdvertisement(byte[] mac, boolean router) {
        buffer.put(ALL_NODES_MAC).put(mac).putShort((short) 0x86dd);
        buffer.putInt(0x60000000)
                .putShort((short) MESSAGE_LENGTH)
                .put((byte) ICMPV6)
                .put((byte) 255);
        buffer.position(SOURCE + 16).put(ALL_NODES);
        buffer.put((byte) TYPE).put((byte) 0).putShort((short) 0).putInt(router ? ROUTER | OVERRIDE : OVERRIDE);
        buffer.position(TARGET + 16)
                .put((byte) 2) // target link-layer address
                .put((byte) 1)
                .put(mac);
    }

    /** Link-layer address that they go to. */
    public static byte[] allNodesMac() {
        return ALL_NODES_MAC.clone();
    }

    /** Whose address a received one is about. */
    public static InetAddress target(ByteBuffer frame) {
        byte[] octets = new byte[16];
        frame.get(TARGET, octets);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("sixteen octets are an address", impossible);
        }
    }

    /** The frame for an address; valid until the next call. */
    public byte[] of(Inet6Address address) {
        buffer.position(SOURCE).put(address.getAddress());
        buffer.position(TARGET).put(address.getAddress());
        buffer.putShort(CHECKSUM, (short) 0);
        buffer.putShort(CHECKSUM, checksum());
        return frame;
    }

    /** RFC 8200 section 8.1: over source, destination, length, next header and the message. */
    private short checksum() {
        long sum = (long) MESSAGE_LENGTH + ICMPV6;
        for (int offset = SOURCE; offset < LENGTH; offset += 2) {
            sum += buffer.getShort(offset) & 0xffff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
