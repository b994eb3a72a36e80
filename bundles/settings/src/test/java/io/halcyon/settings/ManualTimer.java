package io.halcyon.settings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A timer whose clock is moved by hand: nothing runs before {@link #run} or {@link #advance}. */
final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {

    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final List<Task> later = new ArrayList<>();
    private long nowMillis;

    /** Runs what is due now. */
    void run() {
        for (Runnable next = ready.poll(); next != null; next = ready.poll()) {
            next.run();
        }
    }

    void advance(long millis) {
        run();
        long end = nowMillis + millis;
        for (Task next = due(end); next != null; next = due(end)) {
            nowMillis = next.atMillis;
            next.run();
            run();
        }
        nowMillis = end;
    }

    /** Starts a due task although it was cancelled, as a real timer does that had already begun it. */
    Runnable takeUncancelled() {
        return later.remove(0).action;
    }

    int waiting() {
        return (int) later.stream().filter(task -> !task.isCancelled()).count();
    }

    private Task due(long end) {
        later.removeIf(FutureTask::isCancelled);
        Task next = later.stream().min(Comparator.naturalOrder()).orElse(null);
        if (next == null || next.atMillis > end) {
            return null;
        }
        later.remove(next);
        return next;
    }

    @Override
    public void execute(Runnable command) {
        ready.add(command);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Task task = new Task(command, nowMillis + unit.toMillis(delay));
        later.add(task);
        return task;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long delay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        throw new AssertionError("the family never ends its timer");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new AssertionError("the family never ends its timer");
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }

    private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {

        private final Runnable action;
        private final long atMillis;

        Task(Runnable action, long atMillis) {
            super(action, null);
            this.action = action;
            this.atMillis = atMillis;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atMillis - nowMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
