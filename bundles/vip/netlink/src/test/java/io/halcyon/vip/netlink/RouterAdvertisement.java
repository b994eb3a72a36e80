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

    private static final int MESSAGE = 16 + 32;
    private static final int ROUTER_LIFETIME_SECONDS = 1800;
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
        var message = ByteBuffer.allocate(MESSAGE);
        message.putInt(134 << 24).put((byte) 64).put((byte) 0).putShort((short) ROUTER_LIFETIME_SECONDS);
        message.putLong(0);
        // Prefix information: 64 bits, on-link and autonomous.
        message.putInt(3 << 24 | 4 << 16 | 64 << 8 | 0xc0)
                .putInt(lifetimeSeconds)
                .putInt(lifetimeSeconds);
        message.putInt(0).put(prefix.getAddress());
        return Icmpv6.toGroup(ROUTER_MAC, "fe80::1", Lab.inet("ff02::1").getAddress(), message.array());
    }
}
