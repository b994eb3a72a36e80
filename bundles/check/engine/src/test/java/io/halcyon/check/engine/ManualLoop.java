package io.halcyon.check.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A loop whose clock is moved by hand; the test's thread is the loop thread, any may give it work. */
final class ManualLoop implements Loop {

    private record Entry(long atNanos, long order, Runnable task) {}

    private final List<Entry> entries = new ArrayList<>();
    private long now = 1_000_000_000_000L;
    private long order;
    private int pauses;

    @Override
    public synchronized long nanos() {
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
    public synchronized Timer at(long nanos, Runnable task) {
        var entry = new Entry(nanos, order++, task);
        entries.add(entry);
        return () -> remove(entry);
    }

    /** Runs what is due now. */
    void settle() {
        advanceMillis(0);
    }

    void advanceMillis(long millis) {
        long target = nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (var next = next(target); next.isPresent(); next = next(target)) {
            next.get().task().run();
        }
    }

    /** Takes out what is due first, up to then, and goes to its time. */
    private synchronized Optional<Entry> next(long target) {
        var next = entries.stream()
                .filter(entry -> entry.atNanos() - target <= 0)
                .min(Comparator.comparingLong(Entry::atNanos).thenComparingLong(Entry::order));
        now = next.map(entry -> Math.max(now, entry.atNanos())).orElse(target);
        next.ifPresent(entries::remove);
        return next;
    }

    private synchronized void remove(Entry entry) {
        entries.remove(entry);
    }

    /** As if the machine had been suspended: nothing runs in between. */
    void jumpMillis(long millis) {
        skip(TimeUnit.MILLISECONDS.toNanos(millis));
        settle();
    }

    private synchronized void skip(long nanos) {
        now += nanos;
        if (entries.stream().anyMatch(entry -> now - entry.atNanos() > LoopThread.PAUSE_NANOS)) {
            pauses++;
        }
    }
}
