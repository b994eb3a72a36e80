package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import io.halcyon.linux.Clock;
import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.net.Inet4Address;
import java.nio.ByteBuffer;

/**
 * A raw IPv4 socket ({@code raw(7)}) of one protocol on one interface. Headers are the caller's own on the way out and
 * part of the packet on the way in. Never blocks.
 *
 * <p>Sending is thread-safe; receiving belongs to one thread at a time, closing to the owner.
 */
public final class RawSocket implements Pollable, AutoCloseable {

    /** What {@link #receive} returns when the queue is empty. */
    public static final int NOTHING = Inbox.NOTHING;

    private static final int RECEIVE_BYTES = 4 << 20;
    private static final int SEND_BYTES = 1 << 20;
    private static final int LARGEST_PACKET = 65_535;
    private static final int SOCKADDR_IN = 16;
    private static final int IP_MREQN = 12;

    private final Descriptor socket;
    private final int index;
    private final Inbox inbox = new Inbox(LARGEST_PACKET);
    private final Memory destination = new Memory(SOCKADDR_IN);

    private RawSocket(Descriptor socket, int index) {
        this.socket = socket;
        this.index = index;
        destination.clear();
        destination.setShort(0, (short) Libc.AF_INET);
    }

    /**
     * Opens a socket for one IP protocol, bound to an interface. Multicast goes out there and is not looped back.
     *
     * @param index interface's kernel index
     */
    public static RawSocket open(int protocol, int index) throws LinuxException {
        Descriptor socket = Descriptor.socket("raw socket of protocol " + protocol, Libc.AF_INET, protocol);
        try {
            socket.buffers(RECEIVE_BYTES, SEND_BYTES);
            bindToInterface(socket, index);
            socket.option("IP_HDRINCL", Libc.SOL_IP, Libc.IP_HDRINCL, 1);
            socket.option("IP_PKTINFO", Libc.SOL_IP, Libc.IP_PKTINFO, 1);
            socket.option("SO_TIMESTAMPNS", Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS, 1);
            socket.option("IP_MULTICAST_LOOP", Libc.SOL_IP, Libc.IP_MULTICAST_LOOP, 0);
            request(socket, "IP_MULTICAST_IF", Libc.IP_MULTICAST_IF, new byte[4], index);
            return new RawSocket(socket, index);
        } catch (LinuxException failure) {
            socket.close();
            throw failure;
        }
    }

    /** Joins a multicast group on the socket's interface; the kernel leaves it when the socket is closed. */
    public void join(Inet4Address group) throws LinuxException {
        request(socket, "join " + group.getHostAddress(), Libc.IP_ADD_MEMBERSHIP, group.getAddress(), index);
    }

    /**
     * Drops whatever arrives. The kernel still counts it as taken, so that nobody is told that we do not speak the protocol.
     */
    public void ignoreAll() throws LinuxException {
        PacketFilter.NOTHING.attach(socket);
    }

    /** Sets where {@link #send} sends to. */
    public void destination(Inet4Address address) {
        destination.write(4, address.getAddress(), 0, 4);
    }

    /**
     * Sends a packet to the neighbourhood, past the routing table. The kernel fills in length and checksum of the header.
     *
     * @param packet IP header and payload
     */
    public void send(byte[] packet, int length) throws LinuxException {
        int flags = Libc.MSG_DONTROUTE | Libc.MSG_DONTWAIT;
        if (Libc.sendto(socket.number(), packet, length, flags, destination, SOCKADDR_IN) != length) {
            throw LinuxException.last("send");
        }
    }

    /** Takes the next packet off the queue: number of bytes including the IP header, or {@link #NOTHING}. */
    public int receive() throws LinuxException {
        return inbox.receive(socket, "receive");
    }

    /** The packet last received, from its IP header on; big-endian, valid until the next one. */
    public ByteBuffer data() {
        return inbox.data();
    }

    /**
     * Index of the interface where the packet last received came in. Until a new socket is bound, the kernel queues what
     * comes in anywhere.
     */
    public int arrivalIndex() {
        return inbox.controlInt(Libc.SOL_IP, Libc.IP_PKTINFO);
    }

    /** How long ago the kernel got the packet last received, see {@link Clock#ageNanos}. */
    public long ageNanos() {
        long stamp = inbox.controlNanos(Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS);
        return stamp < 0 ? 0 : Clock.ageNanos(stamp);
    }

    @Override
    public int descriptor() {
        return socket.number();
    }

    @Override
    public void close() {
        socket.close();
    }

    private static void bindToInterface(Descriptor socket, int index) throws LinuxException {
        String name = InterfaceQuery.name(socket, index);
        if (name == null) {
            throw new LinuxException("interface " + index, Errno.ENODEV);
        }
        try (Memory memory = new Memory(name.length() + 1L)) {
            memory.setString(0, name);
            socket.option("bind to " + name, Libc.SOL_SOCKET, Libc.SO_BINDTODEVICE, memory, name.length() + 1);
        }
    }

    private static void request(Descriptor socket, String what, int option, byte[] group, int index)
            throws LinuxException {
        try (Memory request = new Memory(IP_MREQN)) {
            request.clear();
            request.write(0, group, 0, group.length);
            request.setInt(8, index);
            socket.option(what, Libc.SOL_IP, option, request, IP_MREQN);
        }
    }
}
