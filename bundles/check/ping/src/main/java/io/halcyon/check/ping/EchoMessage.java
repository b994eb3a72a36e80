package io.halcyon.check.ping;

import io.halcyon.linux.socket.EchoSocket.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * ICMP echo (RFC 792) and ICMPv6 echo (RFC 4443 section 4): what is sent, and what of the answers means something.
 *
 * <p>A key is identifier and sequence number in one.
 */
final class EchoMessage {

    /** What somebody answered. */
    sealed interface Answer {

        int key();
    }

    /** An echo reply. */
    record Reply(int key, ByteBuffer data) implements Answer {}

    /**
     * A router or the host could not deliver a request.
     *
     * @param target to whom the request went
     * @param data as much of the request's data as came back, which may be none
     * @param words why, for a person
     */
    record Refusal(int key, InetAddress target, ByteBuffer data, String words) implements Answer {}

    static final int HEADER_BYTES = 8;

    private static final int REQUEST_V4 = 8;
    private static final int REPLY_V4 = 0;
    private static final int REQUEST_V6 = 128;
    private static final int REPLY_V6 = 129;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int FRAGMENT = 44;
    private static final int FRAGMENT_BYTES = 8;
    private static final int IPV6_BYTES = 40;
    private static final int IPV4_BYTES = 20;

    private EchoMessage() {}

    static ByteBuffer request(Family family, int key, byte[] data) {
        var message = ByteBuffer.allocate(HEADER_BYTES + data.length);
        message.put((byte) (family == Family.IPV6 ? REQUEST_V6 : REQUEST_V4));
        message.put((byte) 0).putShort((short) 0).putInt(key).put(data).flip();
        if (family == Family.IPV4) {
            message.putShort(2, (short) ~sum(message));
        }
        return message;
    }

    /** Null if it is nothing that answers an echo request, or broken. The answer's data are only valid as long as these. */
    static @Nullable Answer parse(Family family, ByteBuffer message) {
        if (message.remaining() < HEADER_BYTES || (family == Family.IPV4 && sum(message) != 0xffff)) {
            return null;
        }
        int start = message.position();
        int type = message.get(start) & 0xff;
        var rest = message.slice(start + HEADER_BYTES, message.remaining() - HEADER_BYTES);
        if (type == (family == Family.IPV6 ? REPLY_V6 : REPLY_V4)) {
            return new Reply(message.getInt(start + 4), rest);
        }
        var words = family == Family.IPV6
                ? IcmpWords.ofV6(type, message.get(start + 1))
                : IcmpWords.ofV4(type, message.get(start + 1));
        return words == null ? null : refusal(family, rest, words);
    }

    /** Reads the beginning of our packet, which an error quotes. */
    private static @Nullable Refusal refusal(Family family, ByteBuffer quoted, String words) {
        int header = family == Family.IPV6 ? headerV6(quoted) : headerV4(quoted);
        if (header < 0 || quoted.remaining() < header + HEADER_BYTES) {
            return null;
        }
        int type = quoted.get(header) & 0xff;
        if (type != (family == Family.IPV6 ? REQUEST_V6 : REQUEST_V4)) {
            return null;
        }
        var target = family == Family.IPV6 ? address(quoted, 24, 16) : address(quoted, 16, 4);
        int data = header + HEADER_BYTES;
        return new Refusal(quoted.getInt(header + 4), target, quoted.slice(data, quoted.remaining() - data), words);
    }

    /** Length of the headers in front of ICMP; -1 if there is no ICMP. */
    private static int headerV4(ByteBuffer quoted) {
        if (quoted.remaining() < IPV4_BYTES || quoted.get(9) != ICMP) {
            return -1;
        }
        int length = (quoted.get(0) & 0x0f) * 4;
        return length < IPV4_BYTES ? -1 : length;
    }

    private static int headerV6(ByteBuffer quoted) {
        if (quoted.remaining() < IPV6_BYTES + FRAGMENT_BYTES) {
            return -1;
        }
        if (quoted.get(6) == FRAGMENT) {
            return quoted.get(IPV6_BYTES) == ICMPV6 ? IPV6_BYTES + FRAGMENT_BYTES : -1;
        }
        return quoted.get(6) == ICMPV6 ? IPV6_BYTES : -1;
    }

    private static InetAddress address(ByteBuffer data, int offset, int length) {
        var octets = new byte[length];
        data.get(offset, octets);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("so many octets are an address", impossible);
        }
    }

    /** RFC 1071: the ones' complement sum of the message; {@code 0xffff} if its checksum is in there and right. */
    private static int sum(ByteBuffer message) {
        int sum = 0;
        int end = message.limit();
        for (int offset = message.position(); offset < end; offset += 2) {
            int low = offset + 1 < end ? message.get(offset + 1) & 0xff : 0;
            sum += (message.get(offset) & 0xff) << 8 | low;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (sum & 0xffff) + (sum >>> 16);
    }
}
