package io.halcyon.notify.engine;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread of the work in progress when its time is up, and never one whose work has ended. Thread-safe.
 *
 * <p>One alarm serves for work after work: most end long before it.
 */
final class TimeLimit {

    private final ScheduledExecutorService alarms;

    // Guarded by this.
    private @Nullable Thread worker;
    private long endNanos;
    private @Nullable Future<?> alarm;
    private long alarmNanos;

    TimeLimit(ScheduledExecutorService alarms) {
        this.alarms = alarms;
    }

    /** Work of this thread begins; {@link #end} follows. */
    synchronized void begin(long millis) {
        worker = Thread.currentThread();
        endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        var set = alarm;
        if (set != null && alarmNanos - endNanos > 0) {
            set.cancel(false);
            set = null;
        }
        if (set == null) {
            setAlarm();
        }
    }

    /** The work has ended; an interrupt that came from here ends with it. Called by the thread that began it. */
    synchronized void end() {
        worker = null;
        // Also one that the notifier caught and set again: the next delivery must not suffer from it.
        Thread.interrupted();
    }

    /** Whether there is work in progress. */
    synchronized boolean isRunning() {
        return worker != null;
    }

    /** The time of the work in progress is up, if there is any. */
    synchronized void expire() {
        var working = worker;
        if (working != null) {
            working.interrupt();
        }
    }

    private synchronized void ring() {
        alarm = null;
        if (worker == null) {
            return;
        }
        if (endNanos - System.nanoTime() > 0) {
            setAlarm();
        } else {
            expire();
        }
    }

    private void setAlarm() {
        alarmNanos = endNanos;
        alarm = alarms.schedule(this::ring, endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
