package io.halcyon.lvs.engine.server;

import java.util.concurrent.TimeUnit;

/**
 * The weight of a real server that came back: from 1 to what it is, in equal steps of at least a second, so that a small weight has
 * few of them.
 *
 * @param sinceNanos when it came back
 * @param lastingNanos how long it takes
 */
record SlowStart(long sinceNanos, long lastingNanos) {

    private static final long LEAST_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The weight at a moment. */
    int weight(int target, long nowNanos) {
        if (isOver(target, nowNanos)) {
            return target;
        }
        long step = stepNanos(target);
        long passed = (nowNanos - sinceNanos) / step * step;
        return 1 + (int) ((target - 1) * (double) passed / lastingNanos);
    }

    boolean isOver(int target, long nowNanos) {
        return target <= 1 || nowNanos - sinceNanos >= lastingNanos;
    }

    /** When the weight grows next; only while it is not over. */
    long nextNanos(int target, long nowNanos) {
        long step = stepNanos(target);
        long passed = (nowNanos - sinceNanos) / step * step;
        return sinceNanos + Math.min(passed + step, lastingNanos);
    }

    private long stepNanos(int target) {
        // Rounded up, so that a step is never short of a whole unit of weight.
        return Math.max(LEAST_STEP_NANOS, (lastingNanos + target - 2) / (target - 1));
    }
}
