package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import io.halcyon.linux.LinuxException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A packet socket ({@code packet(7)}) on one interface: whole Ethernet frames, not promiscuous. Never blocks.
 *
 * <p>A socket of one Ethernet type sees incoming frames only; the filter runs in the kernel, and what it drops wakes
 * nobody. Sending is thread-safe; receiving belongs to one thread at a time, closing to the owner.
 */
public final class PacketSocket implements Pollable, AutoCloseable {

    /** What {@link #receive} returns when the queue is empty. */
    public static final int NOTHING = Inbox.NOTHING;

    public static final int ETH_P_IP = 0x0800;
    public static final int ETH_P_ARP = 0x0806;
    public static final int ETH_P_IPV6 = 0x86dd;

    private static final int BUFFER_BYTES = 4 << 20;
    private static final int SOCKADDR_LL = 20;
    private static final int PACKET_MREQ = 16;

    private final Descriptor socket;
    private final int index;
    private final Inbox inbox;

    private PacketSocket(Descriptor socket, int index, int snapLength) {
        this.socket = socket;
        this.index = index;
        inbox = new Inbox(snapLength);
    }

    /**
     * Opens a socket in the calling thread's namespace. It sends and receives nothing until {@link #listen} or
     * {@link #sendOnly}.
     *
     * @param index interface's kernel index
     */
    public static PacketSocket open(int index) throws LinuxException {
        Descriptor socket = Descriptor.socket("packet socket", Libc.AF_PACKET, 0);
        try {
            socket.buffers(BUFFER_BYTES, BUFFER_BYTES);
            return new PacketSocket(socket, index, PacketFilter.SNAP_LENGTH);
        } catch (LinuxException failure) {
            socket.close();
            throw failure;
        }
    }

    /** Allows sending; nothing is received. */
    public PacketSocket sendOnly() throws LinuxException {
        bind(0);
        return this;
    }

    /** Begins to receive the frames of one Ethernet type that pass the filter; sending is allowed too. */
    public PacketSocket listen(int etherType, PacketFilter filter) throws LinuxException {
        filter.attach(socket);
        bind(etherType);
        return this;
    }

    /** Replaces the filter at once; frames already queued stay. */
    public void filter(PacketFilter filter) throws LinuxException {
        filter.attach(socket);
    }

    /** Lets the hardware pass frames to a multicast address, which binding alone does not. */
    public void joinMulticast(byte[] mac) throws LinuxException {
        try (Memory request = new Memory(PACKET_MREQ)) {
            request.clear();
            request.setInt(0, index);
            request.setShort(4, (short) Libc.PACKET_MR_MULTICAST);
            request.setShort(6, (short) mac.length);
            request.write(8, mac, 0, mac.length);
            socket.option("join link-layer group", Libc.SOL_PACKET, Libc.PACKET_ADD_MEMBERSHIP, request, PACKET_MREQ);
        }
    }

    /** Sends a frame, from its Ethernet header on. */
    public void send(byte[] frame, int length) throws LinuxException {
        if (Libc.sendto(socket.number(), frame, length, Libc.MSG_DONTWAIT, null, 0) != length) {
            throw LinuxException.last("send frame");
        }
    }

    /**
     * Sends the frames of an outbox in their order, and empties it.
     *
     * @return why the kernel did not take some of them, one reason for each; the others were sent
     */
    public List<LinuxException> send(Outbox outbox) {
        List<LinuxException> failures = new ArrayList<>(0);
        int next = 0;
        while (next < outbox.size()) {
            int sent = Libc.sendmmsg(socket.number(), outbox.headers(next), outbox.size() - next, Libc.MSG_DONTWAIT);
            if (sent < 0) {
                failures.add(LinuxException.last("send frame"));
            }
            next += Math.max(sent, 1);
        }
        outbox.clear();
        return failures;
    }

    /** Empties an outbox the way {@link #send(Outbox)} does, with a call that sends none of it. */
    public List<LinuxException> rehearse(Outbox outbox) {
        Libc.sendmmsg(socket.number(), outbox.headers(0), 0, Libc.MSG_DONTWAIT);
        outbox.clear();
        return List.of();
    }

    /** Takes the next frame off the queue: number of bytes kept by the filter, or {@link #NOTHING}. */
    public int receive() throws LinuxException {
        return inbox.receive(socket, "receive frame");
    }

    /** The frame last received, from its Ethernet header on; big-endian, valid until the next one. */
    public ByteBuffer data() {
        return inbox.data();
    }

    /** How the interface is now. */
    public LinkState linkState() {
        return InterfaceQuery.state(socket, index);
    }

    @Override
    public int descriptor() {
        return socket.number();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void bind(int etherType) throws LinuxException {
        try (Memory address = new Memory(SOCKADDR_LL)) {
            address.clear();
            address.setShort(0, (short) Libc.AF_PACKET);
            address.setByte(2, (byte) (etherType >>> 8));
            address.setByte(3, (byte) etherType);
            address.setInt(4, index);
            if (Libc.bind(socket.number(), address, SOCKADDR_LL) != 0) {
                throw LinuxException.last("bind packet socket to interface " + index);
            }
        }
    }
}
