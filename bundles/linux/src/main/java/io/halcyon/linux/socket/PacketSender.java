package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import io.halcyon.linux.LinuxException;
import java.net.InetAddress;

/**
 * Sends whole IP packets of one family, whatever address they come from, in the network namespace of the thread that opens it. Needs
 * CAP_NET_RAW. Never blocks. Not thread-safe: one owner at a time.
 */
public final class PacketSender implements AutoCloseable {

    /** The headers are the caller's; nothing is received (raw(7), ipv6(7)). */
    private static final int IPPROTO_RAW = 255;

    private final Descriptor socket;
    private final Memory destination = new Memory(SocketAddress.LONGEST);

    private PacketSender(Descriptor socket) {
        this.socket = socket;
    }

    public static PacketSender open(boolean ipv6) throws LinuxException {
        return new PacketSender(Descriptor.socket(
                ipv6 ? "raw IPv6 socket" : "raw IPv4 socket", ipv6 ? Libc.AF_INET6 : Libc.AF_INET, IPPROTO_RAW));
    }

    /** Sends a packet, its header included, by the routing table. */
    public void send(byte[] packet, InetAddress to) throws LinuxException {
        int length = SocketAddress.write(destination, 0, to, 0);
        if (Libc.sendto(socket.number(), packet, packet.length, Libc.MSG_DONTWAIT, destination, length)
                != packet.length) {
            throw LinuxException.last("send");
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
