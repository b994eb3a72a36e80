package io.halcyon.linux;

import com.sun.jna.Memory;

/**
 * How much of the processor the calling thread gets beside others and how soon, {@code sched_setattr(2)}.
 *
 * <p>Two things help who has little to do at a moment that counts. Weight: at nice -10 a thread gets nine times what an ordinary
 * one gets, so that few milliseconds of work take as long on a busy machine as on an idle one; it needs the right to it. And a
 * short slice, since Linux 6.12 and without any right: when the thread wakes it need not wait until somebody else's time, usually 1
 * to 3 ms, is over. Older kernels do not tell of a slice, and none is asked for.
 */
final class Turns {

    /** Others still get a tenth of a processor beside a thread that never rests. */
    static final int NICE = -10;

    /** The least that the kernel grants (kernel/sched/syscalls.c). */
    static final long FIRST_SLICE_NANOS = 100_000;

    /** Who wakes is let in at once only before somebody with a longer slice: those that are not the first have one. */
    static final long SLICE_NANOS = 300_000;

    // struct sched_attr, linux/sched/types.h, in its first version
    private static final int SIZE = 48;
    private static final int POLICY = 4;
    private static final int FLAGS = 8;
    private static final int NICENESS = 16;
    private static final int RUNTIME = 24;
    private static final int SCHED_OTHER = 0;

    /** What it starts, threads and scripts, is as any other (linux/sched.h). */
    private static final long RESET_ON_FORK = 1;

    private Turns() {}

    /** Its slice now, 0 where the kernel does not tell. */
    static long sliceNanos() throws LinuxException {
        try (Memory attributes = new Memory(SIZE)) {
            read(attributes);
            return attributes.getLong(RUNTIME);
        }
    }

    /**
     * Asks for both, or for the slice alone where more is not permitted; a thread of another policy than the ordinary one has
     * neither.
     *
     * @param first whether it goes before others that claimed this
     */
    static void claim(boolean first) throws LinuxException {
        try (Memory attributes = new Memory(SIZE)) {
            read(attributes);
            if (attributes.getInt(POLICY) != SCHED_OTHER) {
                return;
            }
            long sliceNanos = first ? FIRST_SLICE_NANOS : SLICE_NANOS;
            if (attributes.getLong(RUNTIME) > sliceNanos) {
                attributes.setLong(RUNTIME, sliceNanos);
            }
            int nice = attributes.getInt(NICENESS);
            long flags = attributes.getLong(FLAGS);
            attributes.setInt(NICENESS, Math.min(nice, NICE));
            attributes.setLong(FLAGS, flags | RESET_ON_FORK);
            if (!permitted(attributes)) {
                attributes.setInt(NICENESS, nice);
                attributes.setLong(FLAGS, flags);
                write(attributes);
            }
        }
    }

    private static boolean permitted(Memory attributes) throws LinuxException {
        try {
            write(attributes);
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.EPERM || e.errno() == Errno.EACCES) {
                return false;
            }
            throw e;
        }
    }

    private static void read(Memory attributes) throws LinuxException {
        attributes.clear();
        attributes.setInt(0, SIZE);
        if (Libc.syscall(Architecture.SCHED_GETATTR, 0, attributes, SIZE, 0) != 0) {
            throw LinuxException.last("sched_getattr");
        }
    }

    private static void write(Memory attributes) throws LinuxException {
        attributes.setInt(0, SIZE);
        if (Libc.syscall(Architecture.SCHED_SETATTR, 0, attributes, 0, 0) != 0) {
            throw LinuxException.last("sched_setattr");
        }
    }

    /** Numbers of calls that the C library does not have before glibc 2.41 (asm/unistd.h). */
    private static final class Architecture {

        private static final boolean X86 = "amd64".equals(System.getProperty("os.arch"));
        static final long SCHED_SETATTR = X86 ? 314 : 274;
        static final long SCHED_GETATTR = X86 ? 315 : 275;
    }
}
