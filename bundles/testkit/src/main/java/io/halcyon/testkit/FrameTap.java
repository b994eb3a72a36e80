package io.halcyon.testkit;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** Sees the frames that pass an interface, both ways; made without the sockets that are being tested. */
public final class FrameTap implements AutoCloseable {

    public static final int IPV4 = 0x0800;

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCKADDR_LL = 20;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int ETH_P_ALL = 0x0003;
    private static final int LIMIT_SECONDS = 5;

    private final int socket;
    private final int etherType;

    /**
     * Begins to look in the calling thread's namespace.
     *
     * @param index of the interface
     * @param etherType of the frames that {@link #next} returns
     */
    public FrameTap(int index, int etherType) {
        this.etherType = etherType;
        socket = Libc.socket(AF_PACKET, SOCK_RAW, 0);
        try (Memory address = new Memory(SOCKADDR_LL);
                Memory patience = new Memory(16)) {
            patience.clear();
            patience.setLong(0, LIMIT_SECONDS);
            Libc.setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, patience, 16);
            address.clear();
            address.setShort(0, (short) AF_PACKET);
            address.setShort(2, Short.reverseBytes((short) ETH_P_ALL));
            address.setInt(4, index);
            Libc.bind(socket, address, SOCKADDR_LL);
        }
    }

    /** Leaves out what the tapped host itself sends. */
    public FrameTap incoming() {
        try (Memory yes = new Memory(4)) {
            yes.setInt(0, 1);
            Libc.setsockopt(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, yes, 4);
        }
        return this;
    }

    /** Waits for the next frame of this IP protocol. */
    public ByteBuffer next(int protocol) {
        while (true) {
            byte[] frame = new byte[2_048];
            int length = receive(frame);
            ByteBuffer data = ByteBuffer.wrap(frame, 0, length);
            if (length > 33 && data.getShort(12) == (short) etherType && frame[23] == (byte) protocol) {
                return data;
            }
        }
    }

    private int receive(byte[] frame) {
        try {
            return (int) Libc.recv(socket, frame, frame.length, 0);
        } catch (LastErrorException timeout) {
            throw new AssertionError("no frame came within " + LIMIT_SECONDS + " s", timeout);
        }
    }

    /** Sends a frame as it is. */
    public void send(byte[] frame) {
        Libc.send(socket, frame, frame.length, 0);
    }

    @Override
    public void close() {
        Libc.close(socket);
    }

    /** The calls that the JDK lacks. */
    private static final class Libc {
        static {
            Native.register(Libc.class, "c");
        }

        static native int socket(int family, int type, int protocol) throws LastErrorException;

        static native int bind(int socket, Pointer address, int length) throws LastErrorException;

        static native int setsockopt(int socket, int level, int option, Pointer value, int length)
                throws LastErrorException;

        static native long recv(int socket, byte[] data, long length, int flags) throws LastErrorException;

        static native long send(int socket, byte[] data, long length, int flags) throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }
}
