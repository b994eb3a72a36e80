package io.halcyon.lvs.engine;

import org.jspecify.annotations.Nullable;

/** Rings when the first deadline is due. Owned by the loop thread. */
final class Alarm {

    private static final long TICK_NANOS = 1_000_000;

    private final LvsLoop loop;
    private final Runnable ring;
    private LvsLoop.@Nullable Timer timer;
    private long atNanos = Long.MAX_VALUE;
    private long lastNanos = System.nanoTime();

    Alarm(LvsLoop loop, Runnable ring) {
        this.loop = loop;
        this.ring = ring;
    }

    /** @param deadlineNanos {@link Long#MAX_VALUE} for never */
    void set(long deadlineNanos) {
        if (deadlineNanos == atNanos) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        atNanos = deadlineNanos;
        // Whatever is wrong with a deadline, this thread does not spin.
        long earliest = Math.max(deadlineNanos, lastNanos + TICK_NANOS);
        timer = deadlineNanos == Long.MAX_VALUE ? null : loop.at(earliest, this::due);
    }

    private void due() {
        timer = null;
        atNanos = Long.MAX_VALUE;
        lastNanos = loop.nanos();
        ring.run();
    }
}
