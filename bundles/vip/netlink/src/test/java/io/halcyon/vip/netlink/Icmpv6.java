package io.halcyon.vip.netlink;

import io.halcyon.linux.socket.PacketSocket;
import java.nio.ByteBuffer;

/** Messages of neighbor discovery as they are on the wire, RFC 4861. */
final class Icmpv6 {

    static final int NUMBER = 58;
    static final int NEIGHBOR_ADVERTISEMENT = 136;

    /** Of the message, from the beginning of the frame. */
    static final int OFFSET = 14 + 40;

    private static final int MESSAGE_CHECKSUM = 2;
    private static final byte HOP_LIMIT = (byte) 255;

    private Icmpv6() {}

    /** A frame with the message, whose checksum is put in, to an address of a group. */
    static byte[] toGroup(byte[] sourceMac, String source, byte[] group, byte[] message) {
        var frame = ByteBuffer.allocate(OFFSET + message.length);
        // RFC 2464 section 7.
        frame.putShort((short) 0x3333).put(group, 12, 4).put(sourceMac).putShort((short) PacketSocket.ETH_P_IPV6);
        frame.putInt(6 << 28)
                .putShort((short) message.length)
                .put((byte) NUMBER)
                .put(HOP_LIMIT);
        frame.put(Lab.inet(source).getAddress()).put(group).put(message);
        frame.putShort(OFFSET + MESSAGE_CHECKSUM, checksum(frame));
        return frame.array();
    }

    /** RFC 4443 section 2.3: addresses, length, protocol and the message itself. */
    private static short checksum(ByteBuffer frame) {
        int sum = frame.capacity() - OFFSET + NUMBER;
        for (int at = OFFSET - 32; at < frame.capacity(); at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~sum;
    }
}
