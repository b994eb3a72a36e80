package io.halcyon.check.engine;

import io.halcyon.api.check.StartLateness;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How late runs start, over the last minute or two: counted in classes, each a fifth wider than the one before at most.
 * Thread-safe; without a lock, so that a start at the turn of the minute may be lost.
 */
final class Lateness {

    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Classes for each power of two, as a power of two. */
    private static final int FINENESS = 3;

    private static final int CLASSES = (Long.SIZE - FINENESS) << FINENESS;

    private final LongSupplier nanos;
    private volatile AtomicLongArray before = new AtomicLongArray(CLASSES);
    private volatile AtomicLongArray now = new AtomicLongArray(CLASSES);
    private volatile long nextWindowNanos;

    Lateness() {
        this(System::nanoTime);
    }

    Lateness(LongSupplier nanos) {
        this.nanos = nanos;
        this.nextWindowNanos = nanos.getAsLong() + WINDOW_NANOS;
    }

    /** A run starts now. */
    void started(long dueNanos) {
        long at = nanos.getAsLong();
        turn(at);
        now.incrementAndGet(classOf(TimeUnit.NANOSECONDS.toMicros(Math.max(0, at - dueNanos))));
    }

    StartLateness summary() {
        turn(nanos.getAsLong());
        var counts = new long[CLASSES];
        long starts = 0;
        for (int i = 0; i < CLASSES; i++) {
            counts[i] = before.get(i) + now.get(i);
            starts += counts[i];
        }
        return new StartLateness(
                starts,
                reached(counts, (starts + 1) / 2),
                reached(counts, starts - starts / 100),
                reached(counts, starts));
    }

    private void turn(long at) {
        if (at - nextWindowNanos < 0) {
            return;
        }
        synchronized (this) {
            long passed = at - nextWindowNanos;
            if (passed >= 0) {
                before = passed < WINDOW_NANOS ? now : new AtomicLongArray(CLASSES);
                now = new AtomicLongArray(CLASSES);
                nextWindowNanos = at + WINDOW_NANOS;
            }
        }
    }

    private static long reached(long[] counts, long rank) {
        long seen = 0;
        for (int i = 0; i < CLASSES && rank > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return last(i);
            }
        }
        return 0;
    }

    private static int classOf(long micros) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(micros) - FINENESS - 1);
        return (shift << FINENESS) + (int) (micros >>> shift);
    }

    /** The highest value of a class. */
    private static long last(int index) {
        int shift = Math.max(0, (index >>> FINENESS) - 1);
        long lead = index - ((long) shift << FINENESS);
        return ((lead + 1) << shift) - 1;
    }
}
