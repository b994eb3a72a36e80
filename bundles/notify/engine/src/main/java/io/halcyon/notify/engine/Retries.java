package io.halcyon.notify.engine;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When the next attempt is, and how many failed before it. The courier's lane owns it; {@link #state} is for all. */
final class Retries {

    /** More than that nobody may ask for. */
    private static final long LONGEST_MILLIS = 3_600_000;

    private final Lane lane;
    private final Backoff backoff = new Backoff(new SplittableRandom());
    private @Nullable Future<?> next;
    private long firstNanos;
    private volatile int failuresInARow;
    private volatile long dueNanos;

    Retries(Lane lane) {
        this.lane = lane;
    }

    /** Whether an attempt is set, so that none may be made before. */
    boolean pending() {
        return next != null;
    }

    /** An attempt failed; tells how many have by now. */
    int failed() {
        if (failuresInARow == 0) {
            firstNanos = System.nanoTime();
        }
        int failures = failuresInARow + 1;
        failuresInARow = failures;
        return failures;
    }

    /** Whether it has been tried for longer than patience allows. */
    boolean patienceIsOver(NotifierSettings.Patience patience) {
        return System.nanoTime() - firstNanos >= TimeUnit.MILLISECONDS.toNanos(patience.giveUpMillis());
    }

    /** Sets the next attempt after a failed one. */
    void later(NotifierSettings.Patience patience, Duration notBefore, Runnable attempt) {
        long asked = Math.min(LONGEST_MILLIS, Math.max(0, notBefore.toMillis()));
        long delayMillis = Math.max(backoff.nextMillis(patience), asked);
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
        next = lane.schedule(attempt, TimeUnit.MILLISECONDS.toNanos(delayMillis));
    }

    /** How many attempts in a row have failed. */
    int failures() {
        return failuresInARow;
    }

    /** The attempt is made now, whether it is due or not. */
    void now() {
        var set = next;
        if (set != null) {
            set.cancel(false);
            next = null;
            dueNanos = 0;
        }
    }

    /** An event is through, one way or the other; tells how many attempts had failed. */
    int done() {
        int failures = failuresInARow;
        failuresInARow = 0;
        backoff.reset();
        return failures;
    }

    /** Whether the time of an attempt is waited for. */
    boolean waits() {
        return dueNanos != 0;
    }

    /** {@code retrying in N s}, or {@code idle}. */
    String state() {
        long due = dueNanos;
        long seconds = Math.round((due - System.nanoTime()) / 1e9);
        return due == 0 ? "idle" : "retrying in " + Math.max(0, seconds) + " s";
    }
}
