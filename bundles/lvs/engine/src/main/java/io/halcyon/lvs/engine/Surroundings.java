package io.halcyon.lvs.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What all virtual servers share.
 *
 * @param background for what may wait for a disk
 */
record Surroundings(
        LvsLoop loop,
        Dataplanes planes,
        Definitions definitions,
        Sinks sinks,
        Holds holds,
        Memories memories,
        Clock wallClock,
        ScheduledExecutorService background) {

    /** The same moment on the loop's clock, {@link Long#MAX_VALUE} for never. */
    long nanosOf(@Nullable Instant instant) {
        if (instant == null) {
            return Long.MAX_VALUE;
        }
        var ahead = Duration.between(wallClock.instant(), instant);
        long seconds = Math.max(-1, Math.min(ahead.toSeconds(), Integer.MAX_VALUE));
        return loop.nanos() + seconds * 1_000_000_000L + ahead.toNanosPart();
    }

    /** The same moment on the wall clock. */
    Instant instantOf(long nanos) {
        return wallClock.instant().minusNanos(loop.nanos() - nanos);
    }
}
