package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Native memory for {@code recvmsg(2)}: one {@code msghdr}, one {@code iovec}, control data and the packet. Made once per socket, so that receiving allocates nothing.
 */
final class Inbox {

    static final int NOTHING = -1;

    private static final int VECTOR = 56;
    private static final int CONTROL = 72;
    private static final int CONTROL_LENGTH = 88;
    private static final int DATA = CONTROL + CONTROL_LENGTH;
    private static final int CONTROL_HEADER = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Memory memory;
    private final ByteBuffer data;
    private final int capacity;

    Inbox(int capacity) {
        this.capacity = capacity;
        memory = new Memory(DATA + (long) capacity);
        memory.clear(DATA);
        memory.setPointer(16, memory.share(VECTOR));
        memory.setLong(24, 1);
        memory.setPointer(32, memory.share(CONTROL));
        memory.setPointer(VECTOR, memory.share(DATA));
        memory.setLong(VECTOR + 8, capacity);
        data = memory.getByteBuffer(DATA, capacity).order(ByteOrder.BIG_ENDIAN);
    }

    /** Takes the next packet off the queue; {@link #NOTHING} if it is empty, otherwise the number of bytes. */
    int receive(Descriptor socket, String what) throws LinuxException {
        memory.setLong(40, CONTROL_LENGTH);
        long length = Libc.recvmsg(socket.number(), memory, Libc.MSG_DONTWAIT);
        if (length >= 0) {
            data.limit((int) Math.min(length, capacity)).position(0);
            return data.limit();
        }
        int errno = Native.getLastError();
        if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
            return NOTHING;
        }
        throw new LinuxException(what, errno);
    }

    /** The packet last received, big-endian; valid until the next one. */
    ByteBuffer data() {
        return data;
    }

    /** First int of the control message of this kind, -1 if there is none. */
    int controlInt(int level, int type) {
        long at = control(level, type);
        return at == NOTHING ? -1 : memory.getInt(at);
    }

    /** The time in the control message of this kind in nanoseconds, -1 if there is none. */
    long controlNanos(int level, int type) {
        long at = control(level, type);
        return at == NOTHING ? -1 : memory.getLong(at) * NANOS_PER_SECOND + memory.getLong(at + 8);
    }

    /** Where the data of a control message begin, cmsg(3). */
    private long control(int level, int type) {
        long end = CONTROL + memory.getLong(40);
        long at = CONTROL;
        while (at + CONTROL_HEADER <= end) {
            if (memory.getInt(at + 8) == level && memory.getInt(at + 12) == type) {
                return at + CONTROL_HEADER;
            }
            at += (memory.getLong(at) + 7) & ~7L;
        }
        return NOTHING;
    }
}
