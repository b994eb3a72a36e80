package io.halcyon.check.engine;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads {@code check-N} for blocking looks. Counts and queue are owned by the loop thread.
 *
 * <p>Up to {@link #REGULAR} looks run at once. One that was given up does not count any more: its thread is written off and
 * another may take its place, so that hung checks do not starve the rest; all threads together are at most {@link #LIMIT}.
 * A thread that had nothing to do for ten seconds ends.
 */
final class Workers implements Runner, AutoCloseable {

    static final int REGULAR = 32;
    static final int LIMIT = 128;

    private static final long IDLE_SECONDS = 10;
    private static final long GOODBYE_MILLIS = 1_000;
    private static final long HURRY_MILLIS = 1_000;

    private final Loop loop;
    private final ThreadPoolExecutor threads;
    private final Deque<BlockingLook> queue = new ArrayDeque<>();
    private int busy;
    private int writtenOff;
    private int lastThread;

    Workers(Loop loop) {
        this.loop = loop;
        // The queue has no room, so there is a thread for every look handed over; busy and writtenOff bound them.
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    }

    @Override
    public Look start(HealthCheck check, long timeoutMillis, Observer observer) {
        var look = new BlockingLook((BlockingCheck) check, timeoutMillis, observer);
        queue.add(look);
        dispatch();
        return look;
    }

    /** Threads that exist now, idle ones included. */
    int threads() {
        return threads.getPoolSize();
    }

    /**
     * Waits until the looks, given up by now, have cleared up: nobody ends their commands once the container is gone. Those
     * that take long are interrupted once more, which means in a hurry.
     */
    @Override
    public void close() {
        threads.shutdown();
        if (!endWithin(GOODBYE_MILLIS)) {
            threads.shutdownNow();
            endWithin(HURRY_MILLIS);
        }
    }

    private boolean endWithin(long millis) {
        try {
            return threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Thread thread(Runnable task) {
        var thread = new Thread(task, "check-" + ++lastThread);
        thread.setDaemon(true);
        return thread;
    }

    private void dispatch() {
        while (busy < REGULAR && busy + writtenOff < LIMIT && !queue.isEmpty()) {
            busy++;
            threads.execute(queue.remove());
        }
    }

    /** One look; {@code abandoned} is owned by the loop thread, {@code result} by the worker. */
    private final class BlockingLook implements Look, Runnable {

        private final BlockingCheck check;
        private final long timeoutMillis;
        private final Observer observer;
        /** Sees to it that an interrupt meets this look and not the next one on the same thread. */
        private final FutureTask<Boolean> task = new FutureTask<>(this::look, true);

        private CheckResult result = CheckResult.unknown("interrupted");
        private boolean abandoned;

        BlockingLook(BlockingCheck check, long timeoutMillis, Observer observer) {
            this.check = check;
            this.timeoutMillis = timeoutMillis;
            this.observer = observer;
        }

        @Override
        public boolean giveUp() {
            if (queue.remove(this)) {
                return true;
            }
            if (!abandoned) {
                abandoned = true;
                busy--;
                writtenOff++;
                task.cancel(true);
                dispatch();
            }
            return false;
        }

        @Override
        public void run() {
            task.run();
            var last = result;
            loop.execute(() -> ended(last));
        }

        private void look() {
            loop.execute(observer::began);
            result = guarded();
        }

        @SuppressWarnings("NullAway") // a plugin may return null in spite of its contract
        private CheckResult guarded() {
            try {
                var seen = check.look(timeoutMillis);
                return seen == null ? CheckResult.unknown("the check returned nothing") : seen;
            } catch (InterruptedException e) {
                return CheckResult.unknown("interrupted");
            } catch (Throwable e) {
                return Outcomes.thrown(e);
            }
        }

        private void ended(CheckResult last) {
            if (abandoned) {
                writtenOff--;
            } else {
                busy--;
            }
            observer.ended(last);
            dispatch();
        }
    }
}
