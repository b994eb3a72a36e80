package io.halcyon.linux;

import java.util.Arrays;
import java.util.OptionalLong;

/** Clocks that the JDK does not offer. Thread-safe. */
public final class Clock {

    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_BOOTTIME = 7;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long OLDEST_NANOS = 20_000_000;
    private static final long NANOS_PER_CENTI = 10_000_000;
    private static final int CENTIS_PER_SECOND = 100;
    private static final long ONE_HOUR_CENTIS = 360_000;

    /** What a kernel can be built with (kernel/Kconfig.hz). */
    private static final int[] TICKS_PER_SECOND = {100, 250, 300, 1000};

    /** The tick counter does not start at 0 (INITIAL_JIFFIES in linux/jiffies.h), so that its overflow shows early. */
    private static final long FIRST_OVERFLOW_TICKS = 1L << 32;

    private static final int FIRST_OVERFLOW_SECONDS = 300;

    private Clock() {}

    /** {@code CLOCK_BOOTTIME}: nanoseconds since boot; goes on while the machine is suspended. */
    public static long boottimeNanos() {
        return nanos(CLOCK_BOOTTIME);
    }

    /** {@code CLOCK_REALTIME}: nanoseconds since 1970, with which the kernel stamps packets; may jump. */
    public static long realtimeNanos() {
        return nanos(CLOCK_REALTIME);
    }

    /**
     * How long ago something was that the kernel stamped with {@code CLOCK_REALTIME}, 0-20,000,000 ns; 0 also if somebody set the
     * clock meanwhile, and for what is older: it waited for a process that stood still, and what that means others decide.
     */
    public static long ageNanos(long stampNanos) {
        long age = realtimeNanos() - stampNanos;
        return age >= 0 && age <= OLDEST_NANOS ? age : 0;
    }

    private static long nanos(int clock) {
        long[] time = new long[2];
        if (Libc.clock_gettime(clock, time) != 0) {
            // Linux has had both clocks since 2.6.39 and the arguments are constant.
            throw new IllegalStateException(LinuxException.last("clock_gettime(" + clock + ")"));
        }
        return time[0] * NANOS_PER_SECOND + time[1];
    }

    /**
     * The kernel's tick counter as hundredths of a second since boot: what {@code struct ifa_cacheinfo} stamps are made of.
     * It stands still while the machine is suspended, and may lie away from {@code CLOCK_MONOTONIC} by a constant.
     *
     * @return empty if this kernel counts in a way we do not know
     */
    public static OptionalLong tickCentis() {
        long sinceZeroCentis = Libc.times(null);
        long monotonicCentis = System.nanoTime() / NANOS_PER_CENTI;
        return Arrays.stream(TICKS_PER_SECOND)
                .mapToLong(perSecond -> sinceZeroCentis - firstTickCentis(perSecond))
                .filter(centis -> Math.abs(centis - monotonicCentis) < ONE_HOUR_CENTIS)
                .findFirst();
    }

    private static long firstTickCentis(int ticksPerSecond) {
        return (FIRST_OVERFLOW_TICKS - (long) FIRST_OVERFLOW_SECONDS * ticksPerSecond)
                * CENTIS_PER_SECOND
                / ticksPerSecond;
    }
}
