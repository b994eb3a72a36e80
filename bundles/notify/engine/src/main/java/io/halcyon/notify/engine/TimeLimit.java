package io.halcyon.notify.engine;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that made it when its time is up, and never after it was lifted. Thread-safe.
 */
final class TimeLimit {

    private final Thread worker = Thread.currentThread();
    private final Future<?> alarm;

    // Guarded by this.
    private boolean lifted;
    private boolean expired;

    TimeLimit(ScheduledExecutorService alarms, long millis) {
        alarm = alarms.schedule(this::expire, millis, TimeUnit.MILLISECONDS);
    }

    synchronized void expire() {
        if (!lifted) {
            expired = true;
            worker.interrupt();
        }
    }

    /** Ends it, clears an interrupt that came from it, and tells whether the time was up. Called by the thread that made it. */
    synchronized boolean lift() {
        lifted = true;
        alarm.cancel(false);
        // Also one that the notifier caught and set again: the next delivery must not suffer from it.
        boolean interrupted = Thread.interrupted();
        return expired || interrupted;
    }
}
