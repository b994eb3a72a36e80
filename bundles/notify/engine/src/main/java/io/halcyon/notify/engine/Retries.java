package io.halcyon.notify.engine;

import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When the next attempt is, and how many failed before it. The courier's thread owns it; {@link #state} is for all. */
final class Retries {

    private final ScheduledExecutorService thread;
    private final Backoff backoff;
    private @Nullable Future<?> next;
    private int failuresInARow;
    private volatile long dueNanos;

    Retries(ScheduledExecutorService thread, Pace pace) {
        this.thread = thread;
        this.backoff = new Backoff(pace, new SplittableRandom());
    }

    /** Whether an attempt is set, so that none may be made before. */
    boolean pending() {
        return next != null;
    }

    /** Sets the next attempt after a failed one, and tells how many have failed by now. */
    int later(Runnable attempt) {
        long delayMillis = backoff.nextMillis();
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
        next = thread.schedule(attempt, delayMillis, TimeUnit.MILLISECONDS);
        return ++failuresInARow;
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

    /** {@code retrying in N s}, or {@code idle}. */
    String state() {
        long due = dueNanos;
        long seconds = Math.round((due - System.nanoTime()) / 1e9);
        return due == 0 ? "idle" : "retrying in " + Math.max(0, seconds) + " s";
    }
}
