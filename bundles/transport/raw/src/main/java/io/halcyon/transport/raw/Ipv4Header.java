package io.halcyon.transport.raw;

import io.halcyon.spi.transport.Packet;
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
final class Ipv4Header {

    static final int LENGTH = 20;
    static final int PROTOCOL_VRRP = 112;

    /** RFC 9568 section 5.1.1.2: the group of all VRRP routers. */
    static final Inet4Address VRRP_GROUP = inet4(new byte[] {(byte) 224, 0, 0, 18});

    private static final byte VERSION_AND_LENGTH = 0x45;
    private static final byte INTERNETWORK_CONTROL = (byte) 0xc0;
    // RFC 9568 section 5.1.1.3: "The TTL MUST be set to 255."
    private static final byte TTL = (byte) 255;

    private Ipv4Header() {}

    /** Writes the header of a message to the VRRP group; the kernel fills in length and checksum. DF is not set. */
    static void write(ByteBuffer packet, Inet4Address source, int identification) {
        packet.put(VERSION_AND_LENGTH).put(INTERNETWORK_CONTROL).putShort((short) 0);
        packet.putShort((short) identification).putShort((short) 0);
        packet.put(TTL).put((byte) PROTOCOL_VRRP).putShort((short) 0);
        packet.put(source.getAddress()).put(VRRP_GROUP.getAddress());
    }

    /** Reads a received packet from its header on, options included; null if it is cut short. Copies the message. */
    static @Nullable Packet read(ByteBuffer data) {
        int received = data.remaining();
        if (received < LENGTH) {
            return null;
        }
        int start = data.position();
        int headerLength = (data.get(start) & 0x0f) * 4;
        int totalLength = data.getShort(start + 2) & 0xffff;
        if (headerLength < LENGTH || totalLength < headerLength || totalLength > received) {
            return null;
        }
        byte[] message = new byte[totalLength - headerLength];
        data.get(start + headerLength, message);
        int ttl = data.get(start + 8) & 0xff;
        return new Packet(address(data, start + 12), address(data, start + 16), ttl, ByteBuffer.wrap(message));
    }

    /** The IPv4 address at an offset. */
    static Inet4Address address(ByteBuffer data, int offset) {
        byte[] octets = new byte[4];
        data.get(offset, octets);
        return inet4(octets);
    }

    private static Inet4Address inet4(byte[] octets) {
        try {
            return (Inet4Address) InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("four octets are an address", impossible);
        }
    }
}
