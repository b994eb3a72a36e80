package io.halcyon.linux.frame;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The IPv4 header (RFC 791 section 3.1) in front of a VRRP message.
 *
 * <pre>
 *  0                   1                   2                   3
 * |Version|  IHL  |Type of Service|          Total Length         |
 * |         Identification        |Flags|     Fragment Offset     |
 * |  Time to Live |    Protocol   |        Header Checksum        |
 * |                         Source Address                        |
 * |                      Destination Address                      |
 * </pre>
 */
public final class Ipv4Header {

    public static final int LENGTH = 20;
    public static final int PROTOCOL_VRRP = 112;

    /** RFC 9568 section 5.1.1.2: the group of all VRRP routers. */
    public static final Inet4Address VRRP_GROUP = inet4(new byte[] {(byte) 224, 0, 0, 18});

    private static final byte VERSION_AND_LENGTH = 0x45;
    private static final byte INTERNETWORK_CONTROL = (byte) 0xc0;
    // RFC 9568 section 5.1.1.3: "The TTL MUST be set to 255."
    private static final byte TTL = (byte) 255;

    private static final int TOTAL_LENGTH = 2;
    private static final int CHECKSUM = 10;

    private Ipv4Header() {}

    /** Writes the header of a message to the VRRP group; the kernel fills in length and checksum. DF is not set. */
    public static void write(ByteBuffer packet, Inet4Address source, int identification) {
        packet.put(VERSION_AND_LENGTH).put(INTERNETWORK_CONTROL).putShort((short) 0);
        packet.putShort((short) identification).putShort((short) 0);
        packet.put(TTL).put((byte) PROTOCOL_VRRP).putShort((short) 0);
        packet.put(source.getAddress()).put(VRRP_GROUP.getAddress());
    }

    /** As {@link #write}, with length and checksum: for who hands over whole frames. */
    public static void writeAll(ByteBuffer packet, Inet4Address source, int identification, int messageLength) {
        int start = packet.position();
        write(packet, source, identification);
        packet.putShort(start + TOTAL_LENGTH, (short) (LENGTH + messageLength));
        packet.putShort(start + CHECKSUM, (short) ~sum(packet, start, LENGTH));
    }

    /** Whether the checksum of a header says that it arrived as it was sent; the kernel looks only at what goes through it. */
    public static boolean isChecksumRight(ByteBuffer data) {
        int headerLength = data.remaining() < LENGTH ? 0 : headerLength(data);
        return headerLength >= LENGTH
                && headerLength <= data.remaining()
                && sum(data, data.position(), headerLength) == 0xffff;
    }

    /** Reads a received packet from its header on, options included; null if it is cut short. Copies the message. */
    public static @Nullable Ipv4Packet read(ByteBuffer data) {
        int received = data.remaining();
        if (received < LENGTH) {
            return null;
        }
        int start = data.position();
        int headerLength = headerLength(data);
        int totalLength = data.getShort(start + TOTAL_LENGTH) & 0xffff;
        if (headerLength < LENGTH || totalLength < headerLength || totalLength > received) {
            return null;
        }
        byte[] message = new byte[totalLength - headerLength];
        data.get(start + headerLength, message);
        int ttl = data.get(start + 8) & 0xff;
        return new Ipv4Packet(address(data, start + 12), address(data, start + 16), ttl, ByteBuffer.wrap(message));
    }

    /** The IPv4 address at an offset. */
    public static Inet4Address address(ByteBuffer data, int offset) {
        byte[] octets = new byte[4];
        data.get(offset, octets);
        return inet4(octets);
    }

    private static int headerLength(ByteBuffer data) {
        return (data.get(data.position()) & 0x0f) * 4;
    }

    /** RFC 1071: the ones' complement sum of the header's words. */
    private static int sum(ByteBuffer data, int start, int length) {
        int sum = 0;
        for (int offset = start; offset < start + length; offset += 2) {
            sum += data.getShort(offset) & 0xffff;
        }
        // Twice: the first time may carry again.
        int folded = (sum & 0xffff) + (sum >>> 16);
        return (folded & 0xffff) + (folded >>> 16);
    }

    private static Inet4Address inet4(byte[] octets) {
        try {
            return (Inet4Address) InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("four octets are an address", impossible);
        }
    }
}
