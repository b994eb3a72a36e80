package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.nio.ByteBuffer;

/** One frame as recvmsg(2) gives it, with its interface and the kernel's time stamp. Reused for every read. */
final class ReceivedMessage implements AutoCloseable {

    private static final int FRAME = 2048;
    private static final int CONTROL = 64;
    private static final int SCM_TIMESTAMPNS = 35;

    private final Memory frame = new Memory(FRAME);
    private final Memory source = new Memory(20); // struct sockaddr_ll
    private final Memory vector = new Memory(16);
    private final Memory control = new Memory(CONTROL);
    private final Memory header = new Memory(56); // struct msghdr, 64 bit
    private final ByteBuffer bytes = frame.getByteBuffer(0, FRAME).order(java.nio.ByteOrder.BIG_ENDIAN);

    ReceivedMessage() {
        vector.setPointer(0, frame);
        vector.setLong(8, FRAME);
        header.clear();
        header.setPointer(0, source);
        header.setPointer(16, vector);
        header.setLong(24, 1);
        header.setPointer(32, control);
    }

    /** Reads one frame; false where nothing came within the socket's time limit or a port went down. */
    boolean read(Fd socket) {
        return read(socket, 0);
    }

    /** Reads a frame that is there already. */
    boolean readNext(Fd socket) {
        return read(socket, Libc.MSG_DONTWAIT);
    }

    private boolean read(Fd socket, int flags) {
        header.setInt(8, 20);
        header.setLong(40, CONTROL);
        try {
            long length = Libc.recvmsg(socket.number(), header, flags);
            bytes.limit((int) Math.min(length, FRAME));
            return true;
        } catch (LastErrorException nothing) {
            return false;
        }
    }

    ByteBuffer frame() {
        return bytes;
    }

    int interfaceIndex() {
        return source.getInt(4);
    }

    long at() {
        if (control.getInt(12) != SCM_TIMESTAMPNS) {
            throw new LabException("a frame without a time stamp");
        }
        return control.getLong(16) * 1_000_000_000 + control.getLong(24);
    }

    @Override
    public void close() {
        header.close();
        control.close();
        vector.close();
        source.close();
        frame.close();
    }
}
