package io.halcyon.linux;

import com.sun.jna.Memory;

/**
 * How long the calling thread may run before the kernel looks for another one, {@code sched_setattr(2)}.
 *
 * <p>Since Linux 6.12 an ordinary thread may ask for less than the usual 1 to 3 ms, without any right. It gets no more of the
 * processor for it, but when it wakes it need not wait until somebody else's time is over. Older kernels do not tell of a
 * time, and are left alone.
 */
final class Slice {

    /** The least that the kernel grants (kernel/sched/syscalls.c). */
    private static final long SHORTEST_NANOS = 100_000;

    // struct sched_attr, linux/sched/types.h, in its first version
    private static final int SIZE = 48;
    private static final int POLICY = 4;
    private static final int RUNTIME = 24;
    private static final int SCHED_OTHER = 0;

    private Slice() {}

    /** What it is now, 0 where the kernel does not tell. */
    static long nanos() throws LinuxException {
        try (Memory attributes = new Memory(SIZE)) {
            read(attributes);
            return attributes.getLong(RUNTIME);
        }
    }

    /** Asks for the shortest there is; a thread of another policy than the ordinary one has none. */
    static void shorten() throws LinuxException {
        try (Memory attributes = new Memory(SIZE)) {
            read(attributes);
            if (attributes.getInt(POLICY) != SCHED_OTHER || attributes.getLong(RUNTIME) <= SHORTEST_NANOS) {
                return;
            }
            attributes.setLong(RUNTIME, SHORTEST_NANOS);
            if (Libc.syscall(Architecture.SCHED_SETATTR, 0, attributes, 0, 0) != 0) {
                throw LinuxException.last("sched_setattr");
            }
        }
    }

    private static void read(Memory attributes) throws LinuxException {
        attributes.clear();
        attributes.setInt(0, SIZE);
        if (Libc.syscall(Architecture.SCHED_GETATTR, 0, attributes, SIZE, 0) != 0) {
            throw LinuxException.last("sched_getattr");
        }
    }

    /** Numbers of calls that the C library does not have before glibc 2.41 (asm/unistd.h). */
    private static final class Architecture {

        private static final boolean X86 = "amd64".equals(System.getProperty("os.arch"));
        static final long SCHED_SETATTR = X86 ? 314 : 274;
        static final long SCHED_GETATTR = X86 ? 315 : 275;
    }
}
