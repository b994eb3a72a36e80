package io.halcyon.itests.lab;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * When this machine gave nobody a processor: notes when a thread that wants to run each millisecond did not. What a daemon's timers
 * missed meanwhile is none of its faults. Thread-safe.
 */
final class Stalls implements AutoCloseable {

    private static final long PERIOD_NANOS = 1_000_000;
    private static final long SHORTEST_NANOS = 10_000_000;

    private record Stall(long from, long until) {}

    private final List<Stall> stalls = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::tick, "stalls");
    private volatile boolean closed;

    Stalls() {
        thread.setDaemon(true);
        thread.start();
    }

    /** How much of a time it was. */
    double millisWithin(long from, long until) {
        return stalls.stream()
                .mapToDouble(stall -> Times.millis(Math.max(from, stall.from), Math.min(until, stall.until)))
                .filter(common -> common > 0)
                .sum();
    }

    private void tick() {
        long last = Times.now();
        while (!closed) {
            LockSupport.parkNanos(PERIOD_NANOS);
            long now = Times.now();
            if (now - last > SHORTEST_NANOS) {
                stalls.add(new Stall(last, now));
            }
            last = now;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
