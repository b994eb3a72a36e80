package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Netlink messages as recvmmsg(2) gives them, many with one call. Reused for every read. */
final class Notices implements AutoCloseable {

    private static final int MOST = 64;
    private static final int LONGEST = 4096;

    // struct mmsghdr and struct iovec of 64-bit machines
    private static final int HEADER = 64;
    private static final int HEADER_LENGTH = 56;
    private static final int VECTOR = 16;

    private final Memory data = new Memory((long) MOST * LONGEST);
    private final Memory vectors = new Memory((long) MOST * VECTOR);
    private final Memory headers = new Memory((long) MOST * HEADER);
    private final ByteBuffer bytes = data.getByteBuffer(0, data.size()).order(ByteOrder.nativeOrder());

    Notices() {
        headers.clear();
        for (long i = 0; i < MOST; i++) {
            vectors.setPointer(i * VECTOR, data.share(i * LONGEST));
            vectors.setLong(i * VECTOR + 8, LONGEST);
            headers.setPointer(i * HEADER + 16, vectors.share(i * VECTOR));
            headers.setLong(i * HEADER + 24, 1);
        }
    }

    /** Waits for one, within the socket's time limit, and reads what else is there; says how many. */
    int await(Fd socket) {
        return read(socket, Libc.MSG_WAITFORONE);
    }

    /** Reads what is there; says how many. */
    int poll(Fd socket) {
        return read(socket, Libc.MSG_DONTWAIT);
    }

    /** Whether there may be more than were read. */
    static boolean full(int count) {
        return count == MOST;
    }

    /** One of those that were read last. */
    ByteBuffer message(int number) {
        int start = number * LONGEST;
        return bytes.slice(start, headers.getInt((long) number * HEADER + HEADER_LENGTH))
                .order(ByteOrder.nativeOrder());
    }

    private int read(Fd socket, int flags) {
        try {
            return Libc.recvmmsg(socket.number(), headers, MOST, flags, null);
        } catch (LastErrorException nothing) {
            return 0;
        }
    }

    @Override
    public void close() {
        headers.close();
        vectors.close();
        data.close();
    }
}
