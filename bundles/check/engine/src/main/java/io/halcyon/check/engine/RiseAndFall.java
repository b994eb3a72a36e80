package io.halcyon.check.engine;

import io.halcyon.api.check.Health;

/**
 * Counts results in a row until they change the verdict. Owned by the loop thread; reads no clock.
 *
 * <p>From UNKNOWN the first result decides at once, as in keepalived at start. DEGRADED is a success: from DOWN it takes
 * {@code rise} of UP or DEGRADED, from there UP and DEGRADED turn into each other like any worse and better. While the
 * verdict is a success, DOWN and UNKNOWN count together: who cannot look any more must not keep a dead thing alive.
 */
final class RiseAndFall {

    private enum Row {
        NONE,
        SUCCESSES,
        FAILURES,
        DEGRADED,
        UP,
        UNKNOWN
    }

    private int rise;
    private int fall;
    private Health verdict;
    private Row row = Row.NONE;
    private int streak;

    RiseAndFall(int rise, int fall, Health verdict) {
        this.rise = rise;
        this.fall = fall;
        this.verdict = verdict;
    }

    Health verdict() {
        return verdict;
    }

    /** Results in a row that contradict the verdict so far. */
    int streak() {
        return streak;
    }

    /** New limits; what was counted stays. */
    void configure(int newRise, int newFall) {
        rise = newRise;
        fall = newFall;
    }

    /** The verdict from somewhere else than a result. */
    void set(Health health) {
        verdict = health;
        row = Row.NONE;
        streak = 0;
    }

    /** Counts one result and returns the verdict after it. */
    Health next(Health result) {
        if (result == verdict || verdict == Health.UNKNOWN) {
            set(result);
            return verdict;
        }
        Row contradicts = contradicts(result);
        streak = contradicts == row ? streak + 1 : 1;
        row = contradicts;
        if (streak >= needed()) {
            set(result);
        }
        return verdict;
    }

    private Row contradicts(Health result) {
        boolean success = isSuccess(result);
        if (isSuccess(verdict)) {
            return !success ? Row.FAILURES : result == Health.UP ? Row.UP : Row.DEGRADED;
        }
        return success ? Row.SUCCESSES : Row.UNKNOWN;
    }

    private int needed() {
        return row == Row.SUCCESSES || row == Row.UP ? rise : fall;
    }

    static boolean isSuccess(Health health) {
        return health == Health.UP || health == Health.DEGRADED;
    }
}
