package io.halcyon.vip.netlink;

import io.halcyon.linux.socket.PacketSocket;
import io.halcyon.testkit.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What a router tells all hosts on a link, RFC 4861 section 4.2: there is a way out, and you may make addresses of this prefix
 * (RFC 4862).
 *
 * @param prefix first 64 bits of the prefix, the rest zero
 */
record RouterAdvertisement(InetAddress prefix) {

    private static final int ETHERNET = 14;
    private static final int IPV6 = 40;
    private static final int ICMP = 16 + 32;
    private static final int ICMPV6 = 58;
    private static final int ROUTER_LIFETIME_SECONDS = 1800;
    private static final byte[] ALL_HOSTS_MAC = {0x33, 0x33, 0, 0, 0, 1};
    private static final byte[] ROUTER_MAC = {2, 0, 0, 0, 0, 1};

    static RouterAdvertisement of(String prefix) {
        return new RouterAdvertisement(Lab.inet(prefix));
    }

    /** Sends it out of an interface. */
    void sendFrom(String dev, int lifetimeSeconds) throws IOException {
        int index = Integer.parseInt(Command.line("ip -o link show dev " + dev).split(":", 2)[0]);
        try (var socket = PacketSocket.open(index).sendOnly()) {
            byte[] frame = frame(lifetimeSeconds);
            socket.send(frame, frame.length);
        }
    }

    private byte[] frame(int lifetimeSeconds) {
        var frame = ByteBuffer.allocate(ETHERNET + IPV6 + ICMP);
        frame.put(ALL_HOSTS_MAC).put(ROUTER_MAC).putShort((short) PacketSocket.ETH_P_IPV6);
        frame.putInt(6 << 28).putShort((short) ICMP).put((byte) ICMPV6).put((byte) 255);
        frame.put(Lab.inet("fe80::1").getAddress()).put(Lab.inet("ff02::1").getAddress());
        int icmp = frame.position();
        frame.putInt(134 << 24).put((byte) 64).put((byte) 0).putShort((short) ROUTER_LIFETIME_SECONDS);
        frame.putLong(0);
        // Prefix information: 64 bits, on-link and autonomous.
        frame.putInt(3 << 24 | 4 << 16 | 64 << 8 | 0xc0).putInt(lifetimeSeconds).putInt(lifetimeSeconds);
        frame.putInt(0).put(prefix.getAddress());
        frame.putShort(icmp + 2, checksum(frame));
        return frame.array();
    }

    /** RFC 4443 section 2.3: addresses, length, protocol and the message itself. */
    private static short checksum(ByteBuffer frame) {
        int sum = ICMP + ICMPV6;
        for (int at = ETHERNET + 8; at < frame.capacity(); at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~sum;
    }
}
