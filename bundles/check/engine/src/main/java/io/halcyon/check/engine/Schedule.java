package io.halcyon.check.engine;

/**
 * When a check starts: at absolute times, one interval apart, so that a late start does not shift the following ones. Owned
 * by the loop thread.
 */
final class Schedule {

    /** Time between the first starts of checks that come at once. */
    private static final long SPREAD_NANOS = 10_000_000;

    private static final long LONGEST_OFFSET_NANOS = 1_000_000_000;

    private long intervalNanos;
    private long dueNanos;

    /**
     * The first start.
     *
     * @param turn how many checks came before this one
     */
    Schedule(long nowNanos, long intervalNanos, int turn) {
        this.intervalNanos = intervalNanos;
        this.dueNanos = nowNanos + turn * SPREAD_NANOS % Math.min(intervalNanos, LONGEST_OFFSET_NANOS);
    }

    long dueNanos() {
        return dueNanos;
    }

    /** A new interval counts from the last start. */
    void interval(long nowNanos, long newIntervalNanos) {
        if (newIntervalNanos != intervalNanos) {
            dueNanos = Math.max(nowNanos, dueNanos - intervalNanos + newIntervalNanos);
            intervalNanos = newIntervalNanos;
        }
    }

    /** Starts again after a time in which it could not; nothing was left out by that. */
    void resume(long nowNanos) {
        dueNanos = Math.max(nowNanos, dueNanos);
    }

    /**
     * The next start after now.
     *
     * @return how many starts are left out because we are late
     */
    long advance(long nowNanos) {
        long missed = Math.max(0, (nowNanos - dueNanos) / intervalNanos);
        dueNanos += (missed + 1) * intervalNanos;
        return missed;
    }
}
