package io.halcyon.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls of this package. Each returns -1 on failure and leaves the reason to {@link Native#getLastError()}. */
final class Libc {

    static {
        // The C library is in every process already: nothing to look for, nothing to load.
        Native.register(Libc.class, NativeLibrary.getProcess());
    }

    private Libc() {}

    static native int clock_gettime(int clock, long[] secondsAndNanos);

    /** Returns ticks; cannot fail without a buffer. */
    static native long times(@Nullable Pointer buffer);

    /** @param pid 0 for the calling thread; {@code priority} is a struct sched_param */
    static native int sched_setscheduler(int pid, int policy, int[] priority);

    /** The call of that number, with four arguments. */
    static native long syscall(long number, long first, Pointer second, long third, long fourth);

    static native int prctl(int option, long argument);

    static native int madvise(Pointer address, long length, int advice);

    static native int unshare(int flags);

    static native int setns(int descriptor, int type);

    static native int open(String path, int flags);

    static native int close(int descriptor);
}
