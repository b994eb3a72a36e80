package io.halcyon.check.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A loop whose clock is moved by hand; the test's thread is the loop thread. */
final class ManualLoop implements Loop {

    private record Entry(long atNanos, long order, Runnable task) {}

    private final List<Entry> entries = new ArrayList<>();
    private long now = 1_000_000_000_000L;
    private long order;
    private int pauses;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public int pauses() {
        return pauses;
    }

    @Override
    public void execute(Runnable task) {
        at(now, task);
    }

    @Override
    public Timer at(long nanos, Runnable task) {
        var entry = new Entry(nanos, order++, task);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    /** Runs what is due now. */
    void settle() {
        advanceMillis(0);
    }

    void advanceMillis(long millis) {
        long target = now + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            var next = entries.stream()
                    .filter(entry -> entry.atNanos() - target <= 0)
                    .min(Comparator.comparingLong(Entry::atNanos).thenComparingLong(Entry::order));
            if (next.isEmpty()) {
                now = target;
                return;
            }
            now = Math.max(now, next.get().atNanos());
            entries.remove(next.get());
            next.get().task().run();
        }
    }

    /** As if the machine had been suspended: nothing runs in between. */
    void jumpMillis(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        if (entries.stream().anyMatch(entry -> now - entry.atNanos() > LoopThread.PAUSE_NANOS)) {
            pauses++;
        }
        settle();
    }
}
