package io.halcyon.transport.raw;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.frame.Ipv4Header;
import io.halcyon.linux.socket.PacketSocket;
import io.halcyon.linux.socket.RawSocket;
import io.halcyon.linux.socket.Wakeup;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * All descriptors of one channel, opened together so that they are in one namespace, and closed together.
 *
 * <p>The raw socket is the first, because it begins to receive at once: what it hears before it is bound shows as strays.
 */
final class Sockets {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final RawSocket vrrp;
    private final PacketSocket sending;
    private final PacketSocket ip;
    private final PacketSocket arp;
    private final PacketSocket ipv6;
    private final Wakeup wakeup;

    Sockets(int index) throws LinuxException {
        try {
            vrrp = keep(RawSocket.open(Ipv4Header.PROTOCOL_VRRP, index));
            vrrp.destination(Ipv4Header.VRRP_GROUP);
            vrrp.join(Ipv4Header.VRRP_GROUP);
            sending = keep(PacketSocket.open(index)).sendOnly();
            ip = keep(PacketSocket.open(index));
            arp = keep(PacketSocket.open(index));
            ipv6 = keep(PacketSocket.open(index));
            wakeup = keep(new Wakeup());
        } catch (LinuxException failure) {
            close();
            throw failure;
        }
    }

    RawSocket vrrp() {
        return vrrp;
    }

    /** For announcements. */
    PacketSocket sending() {
        return sending;
    }

    PacketSocket ip() {
        return ip;
    }

    PacketSocket arp() {
        return arp;
    }

    PacketSocket ipv6() {
        return ipv6;
    }

    Wakeup wakeup() {
        return wakeup;
    }

    void close() {
        for (AutoCloseable socket = open.poll(); socket != null; socket = open.poll()) {
            try {
                socket.close();
            } catch (Exception impossible) {
                throw new AssertionError("closing a socket throws nothing", impossible);
            }
        }
    }

    private <S extends AutoCloseable> S keep(S socket) {
        open.push(socket);
        return socket;
    }
}
