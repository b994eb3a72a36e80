package io.halcyon.linux.frame;

import java.net.Inet4Address;
import java.nio.ByteBuffer;

/**
 * Frames that announce IPv4 addresses: an ARP request (RFC 826) whose sender and target address are the announced one (RFC
 * 5227 section 3), to everybody. The target hardware address is all ones, as keepalived sends it.
 *
 * <p>Belongs to the thread that announces: one frame is used for all addresses.
 */
public final class GratuitousArp {

    public static final int LENGTH = 42;

    /** Where an ARP frame has the sender's hardware address. */
    public static final int SENDER_MAC = 22;

    /** Where an ARP frame has the sender's IPv4 address. */
    public static final int SENDER_ADDRESS = 28;

    private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
    private static final int TARGET_ADDRESS = 38;

    private final byte[] frame = new byte[LENGTH];

    /**
     * Frames of one sender.
     *
     * @param mac its six octets
     */
    public GratuitousArp(byte[] mac) {
        ByteBuffer.wrap(frame)
                .put(BROADCAST)
                .put(mac)
                .putShort((short) 0x0806)
                .putShort((short) 1) // Ethernet
                .putShort((short) 0x0800) // IPv4
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) 1) // request
                .put(mac)
                .putInt(0)
                .put(BROADCAST)
                .putInt(0);
    }

    /** The frame for an address; valid until the next call. */
    public byte[] of(Inet4Address address) {
        byte[] octets = address.getAddress();
        System.arraycopy(octets, 0, frame, SENDER_ADDRESS, octets.length);
        System.arraycopy(octets, 0, frame, TARGET_ADDRESS, octets.length);
        return frame;
    }
}
