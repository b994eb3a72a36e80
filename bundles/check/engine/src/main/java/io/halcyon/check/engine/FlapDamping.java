package io.halcyon.check.engine;

import io.halcyon.api.check.Health;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a verdict that changes too often at the worse side, until it has been steady for a while. Owned by the loop thread;
 * reads no clock: a hold that is over ends with the next result.
 *
 * <p>What nobody knows is no change: neither to UNKNOWN nor back from there.
 */
final class FlapDamping {

    /**
     * What is called flapping.
     *
     * @param changes how many within the window, 0 for never
     * @param windowNanos how far back a change counts
     * @param holdNanos how long it has to be steady before it is believed again
     */
    record Limits(int changes, long windowNanos, long holdNanos) {

        static final Limits OFF = new Limits(0, 0, 0);

        String words(Health held) {
            return "flapping: " + changes + " changes within " + seconds(windowNanos) + ", held " + held
                    + " until it is steady for " + seconds(holdNanos);
        }

        private static String seconds(long nanos) {
            return TimeUnit.NANOSECONDS.toSeconds(nanos) + " s";
        }
    }

    private Limits limits;
    /** Null as long as there is nothing to count: most checks never flap. */
    private @Nullable Deque<Long> changedAt;

    private Health last = Health.UNKNOWN;
    private @Nullable Health held;
    private long releaseNanos;

    FlapDamping(Limits limits) {
        this.limits = limits;
    }

    void configure(Limits newLimits) {
        if (!newLimits.equals(limits)) {
            limits = newLimits;
            changedAt = null;
            held = null;
        }
    }

    boolean isHolding() {
        return held != null;
    }

    /** What may be told of it. */
    Standing next(Standing counted, long nowNanos) {
        if (limits.changes() == 0) {
            return counted;
        }
        var health = counted.health();
        if (health != Health.UNKNOWN) {
            if (last != Health.UNKNOWN && health != last) {
                changed(health, nowNanos);
            }
            last = health;
        }
        var current = held;
        if (current != null && nowNanos - releaseNanos >= 0) {
            held = null;
            changedAt = null;
        } else if (current != null) {
            held = Standing.isWorse(health, current) ? health : current;
        }
        return held == null ? counted : new Standing(held, limits.words(held), counted.weight());
    }

    private void changed(Health health, long nowNanos) {
        if (held != null) {
            releaseNanos = nowNanos + limits.holdNanos();
            return;
        }
        var recent = changedAt == null ? new ArrayDeque<Long>() : changedAt;
        changedAt = recent;
        recent.add(nowNanos);
        recent.removeIf(at -> nowNanos - at > limits.windowNanos());
        if (recent.size() > limits.changes()) {
            recent.remove();
        }
        if (recent.size() == limits.changes() && Standing.isWorse(health, last)) {
            held = health;
            releaseNanos = nowNanos + limits.holdNanos();
        }
    }
}
