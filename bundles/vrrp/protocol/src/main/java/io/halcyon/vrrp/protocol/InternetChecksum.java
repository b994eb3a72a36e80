package io.halcyon.vrrp.protocol;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** The checksum of RFC 1071: ones' complement of the ones' complement sum of 16-bit words. */
final class InternetChecksum {

    private static final int VRRP = 112;

    private InternetChecksum() {}

    /** Of a message alone. */
    static int of(ByteBuffer message) {
        return fold(sum(message));
    }

    /** Of a message and its pseudo-header: source, destination, protocol number and length (RFC 9568 section 5.2.8). */
    static int of(ByteBuffer message, InetAddress source, InetAddress destination) {
        long pseudo = sum(ByteBuffer.wrap(source.getAddress()))
                + sum(ByteBuffer.wrap(destination.getAddress()))
                + VRRP
                + message.remaining();
        return fold(pseudo + sum(message));
    }

    private static long sum(ByteBuffer octets) {
        ByteBuffer rest = octets.duplicate();
        long sum = 0;
        while (rest.remaining() >= 2) {
            sum += rest.getShort() & 0xffff;
        }
        return rest.hasRemaining() ? sum + ((rest.get() & 0xff) << 8) : sum;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) (~folded & 0xffff);
    }
}
