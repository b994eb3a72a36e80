package io.halcyon.itests.lab;

import java.time.Instant;

/** {@code CLOCK_REALTIME} in nanoseconds, the clock of the kernel's time stamps. */
public final class Times {

    private static final long NANOS = 1_000_000_000;

    private Times() {}

    public static long now() {
        var now = Instant.now();
        return now.getEpochSecond() * NANOS + now.getNano();
    }

    /** Milliseconds from one time to another. */
    public static double millis(long from, long to) {
        return (to - from) / 1e6;
    }
}
