package io.halcyon.linux.frame;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Packets that ask a host where a TCP connection stands: an acknowledgment of nothing, at a sequence number that nobody expects.
 * Who has the connection answers with what it expects (RFC 9293 section 3.10.7.4), who has not answers with a reset.
 */
public final class TcpQuestion {

    private static final int TCP = 6;
    private static final int HOPS = 64;
    private static final int IPV4_BYTES = 20;
    private static final int SEGMENT_BYTES = 20;
    private static final int CHECKSUM = 16;
    private static final short OFFSET_AND_ACK = 0x5010;

    private TcpQuestion() {}

    /**
     * The whole packet; the kernel fills in length and checksum of an IPv4 header.
     *
     * @param sequence any number
     */
    public static byte[] of(
            InetAddress source, int sourcePort, InetAddress destination, int destinationPort, int sequence) {
        byte[] segment = segment(sourcePort, destinationPort, sequence);
        byte[] from = source.getAddress();
        byte[] to = destination.getAddress();
        ByteBuffer.wrap(segment).putShort(CHECKSUM, checksum(from, to, segment));
        var packet = ByteBuffer.allocate((destination instanceof Inet6Address ? 40 : IPV4_BYTES) + SEGMENT_BYTES);
        if (destination instanceof Inet6Address) {
            packet.putInt(0x60000000)
                    .putShort((short) SEGMENT_BYTES)
                    .put((byte) TCP)
                    .put((byte) HOPS);
        } else {
            packet.putShort((short) 0x4500).putShort((short) packet.capacity()).putInt(0);
            packet.put((byte) HOPS).put((byte) TCP).putShort((short) 0);
        }
        return packet.put(from).put(to).put(segment).array();
    }

    private static byte[] segment(int sourcePort, int destinationPort, int sequence) {
        return ByteBuffer.allocate(SEGMENT_BYTES)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(sequence)
                .putInt(0)
                .putShort(OFFSET_AND_ACK)
                .array();
    }

    /** RFC 9293 section 3.1: over the addresses, protocol and length, and the segment. */
    private static short checksum(byte[] from, byte[] to, byte[] segment) {
        long sum = TCP + SEGMENT_BYTES;
        for (byte[] part : new byte[][] {from, to, segment}) {
            var words = ByteBuffer.wrap(part).asShortBuffer();
            while (words.hasRemaining()) {
                sum += words.get() & 0xffff;
            }
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
