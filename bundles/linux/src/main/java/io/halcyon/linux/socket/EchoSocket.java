package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A raw socket for ICMP echoes of one address family. It sends ICMP messages anywhere, by an interface and from an address
 * of the sender's choice, and receives echo replies and errors of the whole namespace, other programs' among them. Never blocks.
 *
 * <p>Sending and closing are thread-safe; receiving belongs to one thread at a time, and not after closing.
 */
public final class EchoSocket implements Pollable, AutoCloseable {

    /** What {@link #receive} returns when the queue is empty. */
    public static final int NOTHING = Inbox.NOTHING;

    /** Address family. */
    public enum Family {
        /** ICMP; the checksum is the caller's. */
        IPV4,
        /** ICMPv6; the kernel fills in the checksum. */
        IPV6;

        public static Family of(InetAddress address) {
            return address instanceof Inet6Address ? IPV6 : IPV4;
        }
    }

    private static final int PROTOCOL_ICMP = 1;
    private static final int PROTOCOL_ICMPV6 = 58;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int LARGEST_PACKET = 65_535;
    private static final int SHORTEST_HEADER = 20;
    /** Echo reply, destination unreachable, time exceeded, parameter problem; of the IPv6 errors also packet too big. */
    private static final int[] WANTED_V4 = {0, 3, 11, 12};

    private static final int[] WANTED_V6 = {1, 2, 3, 4, 129};

    private final Family family;
    private final Descriptor socket;
    private final EchoLetter letter;
    private final Memory packet = new Memory(LARGEST_PACKET);
    private final Memory sender = new Memory(SocketAddress.LONGEST);
    private final Memory senderLength = new Memory(Integer.BYTES);
    private final ByteBuffer data;

    private EchoSocket(Family family, Descriptor socket) {
        this.family = family;
        this.socket = socket;
        letter = new EchoLetter(LARGEST_PACKET);
        data = packet.getByteBuffer(0, LARGEST_PACKET).order(ByteOrder.BIG_ENDIAN);
    }

    /** Opens a socket in the calling thread's namespace. */
    public static EchoSocket open(Family family) throws LinuxException {
        boolean six = family == Family.IPV6;
        Descriptor socket = Descriptor.socket(
                six ? "raw ICMPv6 socket" : "raw ICMP socket",
                six ? Libc.AF_INET6 : Libc.AF_INET,
                six ? PROTOCOL_ICMPV6 : PROTOCOL_ICMP);
        try {
            socket.buffers(BUFFER_BYTES, BUFFER_BYTES);
            filter(socket, family);
            return new EchoSocket(family, socket);
        } catch (LinuxException failure) {
            socket.close();
            throw failure;
        }
    }

    /**
     * Sends an ICMP message, from its type on.
     *
     * @throws LinuxException if the kernel refuses it; {@code ENODEV} if there is no such interface
     */
    public void send(ByteBuffer message, Way way) throws LinuxException {
        synchronized (letter) {
            Pointer header = letter.write(message, way);
            if (Libc.sendmsg(socket.number(), header, Libc.MSG_DONTWAIT) < 0) {
                throw LinuxException.last("send to " + way.target().getHostAddress());
            }
        }
    }

    /** Takes the next message off the queue: its number of bytes, or {@link #NOTHING}. */
    public int receive() throws LinuxException {
        senderLength.setInt(0, SocketAddress.LONGEST);
        long length = Libc.recvfrom(socket.number(), packet, LARGEST_PACKET, Libc.MSG_DONTWAIT, sender, senderLength);
        if (length >= 0) {
            data.limit((int) Math.min(length, LARGEST_PACKET)).position(headerLength((int) length));
            return data.remaining();
        }
        int errno = Native.getLastError();
        if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
            return NOTHING;
        }
        throw new LinuxException("receive", errno);
    }

    /** The message last received, from its ICMP type on; big-endian, valid until the next one. */
    public ByteBuffer data() {
        return data;
    }

    /** Who sent the message last received; without a scope. */
    public InetAddress sender() {
        return SocketAddress.read(sender, family);
    }

    @Override
    public int descriptor() {
        return socket.number();
    }

    @Override
    public void close() {
        synchronized (letter) {
            socket.close();
        }
    }

    /** Raw IPv4 sockets deliver the header too. */
    private int headerLength(int received) {
        if (family == Family.IPV6) {
            return 0;
        }
        int length = received < SHORTEST_HEADER ? received : (data.get(0) & 0x0f) * 4;
        return Math.min(received, Math.max(length, SHORTEST_HEADER));
    }

    /** A bit that is set blocks a type, in both families. */
    private static void filter(Descriptor socket, Family family) throws LinuxException {
        int words = family == Family.IPV4 ? 1 : 8;
        int[] blocked = new int[words];
        Arrays.fill(blocked, -1);
        for (int type : family == Family.IPV4 ? WANTED_V4 : WANTED_V6) {
            blocked[type / Integer.SIZE] &= ~(1 << type % Integer.SIZE);
        }
        try (Memory memory = new Memory((long) words * Integer.BYTES)) {
            memory.write(0, blocked, 0, words);
            int level = family == Family.IPV4 ? Libc.SOL_RAW : Libc.SOL_ICMPV6;
            socket.option("ICMP_FILTER", level, Libc.ICMP_FILTER, memory, words * Integer.BYTES);
        }
    }

    /**
     * Where a message goes.
     *
     * @param target a link-local one needs its scope or an interface
     * @param device interface by which it goes, empty for that of the route
     * @param source address from which it comes, empty ({@code 0.0.0.0}, {@code ::}) for that of the route
     * @param mark mark for firewall and routing rules, 0 for none
     */
    public record Way(InetAddress target, String device, InetAddress source, int mark) {

        /** A way that the kernel's routes choose. */
        public static Way to(InetAddress target) {
            return new Way(target, "", any(Family.of(target)), 0);
        }

        /** The address that stands for any. */
        public static InetAddress any(Family family) {
            try {
                return InetAddress.getByAddress(new byte[family == Family.IPV6 ? 16 : 4]);
            } catch (UnknownHostException impossible) {
                throw new AssertionError("so many octets are an address", impossible);
            }
        }
    }
}
