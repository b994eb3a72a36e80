package io.halcyon.check.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The last 100 latencies of one check, in microseconds. Takes no memory before there is one. */
final class Latencies {

    static final int KEPT = 100;

    private int @Nullable [] micros;
    private int count;
    private int next;

    void add(Duration latency) {
        int[] kept = micros == null ? new int[KEPT] : micros;
        micros = kept;
        kept[next] = (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMicros(latency.toNanos()));
        next = (next + 1) % KEPT;
        count = Math.min(KEPT, count + 1);
    }

    /**
     * The smallest that so many of them did not exceed.
     *
     * @param percent 1 to 100
     * @return milliseconds, -1 if there are none
     */
    double percentileMillis(int percent) {
        if (micros == null) {
            return -1;
        }
        int[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (count * percent + 99) / 100 - 1)] / 1_000.0;
    }
}
