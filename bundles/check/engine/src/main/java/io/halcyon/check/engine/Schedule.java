package io.halcyon.check.engine;

/**
 * When a check starts: at absolute times, one interval apart, so that a late start does not shift the following ones. Owned
 * by the loop thread.
 *
 * <p>Checks that come at once have their first start within a second, so that verdicts are there soon, and after that a place of
 * their own within the whole interval: with an interval above a second, the second and the third start come early by up to
 * half an interval each, and nothing moves any more. Those that have a {@code warmup} stay where chance put them.
 */
final class Schedule {

    /** Time between the first starts of checks that come at once, until the second is full and the gaps are filled. */
    private static final long SPREAD_NANOS = 10_000_000;

    private static final long LONGEST_OFFSET_NANOS = 1_000_000_000;

    /** The golden ratio's multiples, without their whole part, fill 0 to 1 evenly, however many there will be. */
    private static final double GOLDEN = 0.618_033_988_749_894_9;

    private long intervalNanos;
    private long dueNanos;
    private long earlyNanos;

    /**
     * The first start.
     *
     * @param turn how many checks came before this one
     */
    Schedule(long nowNanos, long intervalNanos, int turn) {
        this.intervalNanos = intervalNanos;
        double place = turn * GOLDEN % 1;
        long soon = turn * SPREAD_NANOS + (long) (place * SPREAD_NANOS);
        this.dueNanos = nowNanos + soon % Math.min(intervalNanos, LONGEST_OFFSET_NANOS);
        this.earlyNanos = (long) (place * Math.max(0, intervalNanos - LONGEST_OFFSET_NANOS));
    }

    private Schedule(long firstNanos, long intervalNanos) {
        this.intervalNanos = intervalNanos;
        this.dueNanos = firstNanos;
    }

    /** From that time on, one interval apart: somebody else spreads them. */
    static Schedule from(long firstNanos, long intervalNanos) {
        return new Schedule(firstNanos, intervalNanos);
    }

    long dueNanos() {
        return dueNanos;
    }

    /** A new interval counts from the last start. */
    void interval(long nowNanos, long newIntervalNanos) {
        if (newIntervalNanos != intervalNanos) {
            dueNanos = Math.max(nowNanos, dueNanos - intervalNanos + newIntervalNanos);
            intervalNanos = newIntervalNanos;
            earlyNanos = 0;
        }
    }

    /** Starts again after a time in which it could not; nothing was left out by that. */
    void resume(long nowNanos) {
        dueNanos = Math.max(nowNanos, dueNanos);
    }

    /**
     * The next start after now.
     *
     * @return how many starts are left out because we are late by whole intervals; the one at hand is not
     */
    long advance(long nowNanos) {
        long missed = Math.max(0, (nowNanos - dueNanos) / intervalNanos);
        dueNanos += (missed + 1) * intervalNanos;
        long early = Math.min(earlyNanos, intervalNanos / 2);
        if (dueNanos - early - nowNanos > 0) {
            dueNanos -= early;
            earlyNanos -= early;
        }
        return missed;
    }
}
