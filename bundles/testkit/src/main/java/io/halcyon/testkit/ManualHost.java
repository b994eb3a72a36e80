package io.halcyon.testkit;

import io.halcyon.spi.host.Host;
import io.halcyon.spi.host.Parker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine whose clocks move only when a test moves them. Thread-safe.
 *
 * <p>All clocks start together; only {@link #suspend} makes them differ, as a suspended machine does. A thread that
 * waits at a parker returns when the clock reaches its deadline or when it is woken, and {@link #awaitParked} tells a
 * test that a loop has nothing more to do.
 */
public final class ManualHost implements Host {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long PATIENCE_MILLIS = 10_000;

    // guarded by this
    private final List<ManualParker> parkers = new ArrayList<>();
    private long monotonicNanos;
    private long suspendedNanos;

    /** A machine that has been up for a while, so that a forgotten clock reading of 0 does not look right. */
    public ManualHost() {
        this(1_000_000_000_000L);
    }

    public ManualHost(long monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
    }

    @Override
    public synchronized long monotonicNanos() {
        return monotonicNanos;
    }

    @Override
    public synchronized long boottimeNanos() {
        return monotonicNanos + suspendedNanos;
    }

    @Override
    public synchronized Instant wallClock() {
        return START.plusNanos(monotonicNanos + suspendedNanos);
    }

    @Override
    public synchronized Parker newParker() {
        ManualParker parker = new ManualParker();
        parkers.add(parker);
        return parker;
    }

    /** Lets time pass on all clocks; who waits for a deadline in that time is woken once, at the end of it. */
    public synchronized void advance(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("time does not go backwards");
        }
        monotonicNanos += nanos;
        notifyAll();
    }

    /** Suspends the machine: {@code CLOCK_BOOTTIME} and the wall clock go on, {@code CLOCK_MONOTONIC} stands still. */
    public synchronized void suspend(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("time does not go backwards");
        }
        suspendedNanos += nanos;
    }

    /** The earliest deadline that a parked thread waits for, {@link Long#MAX_VALUE} if there is none. */
    public synchronized long nextDeadlineNanos() {
        return parkers.stream()
                .filter(parker -> parker.parked)
                .mapToLong(parker -> parker.deadlineNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Waits until as many threads are parked, none of them woken already.
     *
     * @throws AssertionError if that does not happen within ten seconds of real time
     */
    public synchronized void awaitParked(int threads) throws InterruptedException {
        long patienceEnd = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (parkers.stream().filter(ManualParker::rests).count() < threads) {
            long leftMillis = (patienceEnd - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new AssertionError(threads + " parked threads expected, there are "
                        + parkers.stream().filter(ManualParker::rests).count());
            }
            wait(leftMillis);
        }
    }

    /** One thread's place; its monitor is the host's. */
    private final class ManualParker implements Parker {

        private long deadlineNanos;
        private boolean parked;
        private boolean woken;

        @Override
        public void park(long untilNanos) {
            synchronized (ManualHost.this) {
                deadlineNanos = untilNanos;
                parked = true;
                ManualHost.this.notifyAll();
                try {
                    while (rests()) {
                        ManualHost.this.wait();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    parked = false;
                    woken = false;
                }
            }
        }

        private boolean rests() {
            return parked && !woken && monotonicNanos < deadlineNanos;
        }

        @Override
        public void unpark() {
            synchronized (ManualHost.this) {
                woken = true;
                ManualHost.this.notifyAll();
            }
        }
    }
}
