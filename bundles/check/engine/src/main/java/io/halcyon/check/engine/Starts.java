package io.halcyon.check.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The next start of one check: its time and its timer, which there is only while the check may look. Owned by the loop thread. */
final class Starts {

    private final Loop loop;
    private final Runnable due;
    private final Schedule schedule;
    private long intervalNanos;
    private Loop.@Nullable Timer timer;

    /**
     * @param turn how many checks came before this one
     * @param warmupNanos within what the first start comes, at random; negative for its turn
     * @param due called at each start
     */
    Starts(Loop loop, long intervalNanos, int turn, long warmupNanos, Runnable due) {
        this.loop = loop;
        this.due = due;
        this.intervalNanos = intervalNanos;
        this.schedule = warmupNanos < 0
                ? new Schedule(loop.nanos(), intervalNanos, turn)
                : Schedule.from(loop.nanos() + ThreadLocalRandom.current().nextLong(warmupNanos + 1), intervalNanos);
    }

    /** When the next one is to be. */
    long dueNanos() {
        return schedule.dueNanos();
    }

    boolean isOn() {
        return timer != null;
    }

    /**
     * From now on; what was left out before is not counted.
     *
     * @return whether the first is due at once
     */
    boolean begin() {
        schedule.resume(loop.nanos());
        plan();
        return schedule.dueNanos() - loop.nanos() <= 0;
    }

    void stop() {
        cancel();
        timer = null;
    }

    /** Another interval, which counts from the last start. */
    void interval(long nanos) {
        if (nanos != intervalNanos) {
            intervalNanos = nanos;
            schedule.interval(loop.nanos(), nanos);
            if (isOn()) {
                plan();
            }
        }
    }

    /**
     * Plans the one after this.
     *
     * @return how many are left out because we are late
     */
    long next() {
        long missed = schedule.advance(loop.nanos());
        plan();
        return missed;
    }

    /** When the next one is, null if there is none. */
    @Nullable
    Instant nextAt(Clock wallClock) {
        return isOn() ? wallClock.instant().plusNanos(Math.max(0, schedule.dueNanos() - loop.nanos())) : null;
    }

    private void plan() {
        cancel();
        timer = loop.at(schedule.dueNanos(), due);
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
