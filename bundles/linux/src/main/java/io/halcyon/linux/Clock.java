package io.halcyon.linux;

/** Clocks that the JDK does not offer. Thread-safe. */
public final class Clock {

    private static final int CLOCK_BOOTTIME = 7;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private Clock() {}

    /** {@code CLOCK_BOOTTIME}: nanoseconds since boot; goes on while the machine is suspended. */
    public static long boottimeNanos() {
        long[] time = new long[2];
        if (Libc.clock_gettime(CLOCK_BOOTTIME, time) != 0) {
            // Linux has had this clock since 2.6.39 and the arguments are constant.
            throw new IllegalStateException(LinuxException.last("clock_gettime(CLOCK_BOOTTIME)"));
        }
        return time[0] * NANOS_PER_SECOND + time[1];
    }
}
