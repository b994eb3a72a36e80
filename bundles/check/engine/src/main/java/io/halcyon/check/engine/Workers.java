package io.halcyon.check.engine;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Daemon threads {@code check-TYPE-N} for the blocking looks of one type. Counts and queue are owned by the loop thread.
 *
 * <p>Up to {@link #REGULAR} looks run at once. One that was given up does not count any more: its thread is written off and
 * another may take its place, so that hung checks do not starve the rest; all threads together are at most {@link #LIMIT}. Beyond that
 * looks wait in the order of their starts; {@link Run} says so of one that waits too long.
 * A thread that had nothing to do for ten seconds ends.
 */
final class Workers implements Runner {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    static final int REGULAR = 32;
    static final int LIMIT = 128;

    private static final long IDLE_SECONDS = 10;
    private static final long GOODBYE_MILLIS = 1_000;
    private static final long HURRY_MILLIS = 1_000;

    private final String type;
    private final Loop loop;
    private final Lateness lateness;
    private final ThreadPoolExecutor threads;
    private final Deque<BlockingLook> queue = new ArrayDeque<>();
    private int busy;
    private int writtenOff;
    private int lastThread;

    Workers(String type, Loop loop, Lateness lateness) {
        this.type = type;
        this.loop = loop;
        this.lateness = lateness;
        // The queue has no room, so there is a thread for every look handed over; busy and writtenOff bound them.
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    }

    @Override
    public Look start(Order order, Observer observer) {
        var look = new BlockingLook(order, (BlockingCheck) order.check(), observer);
        queue.add(look);
        dispatch();
        return look;
    }

    /** Threads that exist now, idle ones included. */
    int threads() {
        return threads.getPoolSize();
    }

    /** Ends it; see {@link #awaitEnd}. */
    void shutdown() {
        threads.shutdown();
    }

    /**
     * Waits until the looks, given up by now, have cleared up: nobody ends their commands once the container is gone. Those
     * that take long are interrupted once more, which means in a hurry.
     */
    static void awaitEnd(Collection<Workers> all) {
        if (!endWithin(GOODBYE_MILLIS, all)) {
            all.forEach(workers -> workers.threads.shutdownNow());
            endWithin(HURRY_MILLIS, all);
        }
    }

    private static boolean endWithin(long millis, Collection<Workers> all) {
        long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            boolean ended = true;
            for (var workers : all) {
                ended &= workers.threads.awaitTermination(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Thread thread(Runnable task) {
        var thread = new Thread(task, "check-" + type + "-" + ++lastThread);
        thread.setDaemon(true);
        return thread;
    }

    private void dispatch() {
        while (busy < REGULAR && busy + writtenOff < LIMIT && !queue.isEmpty()) {
            var next = queue.remove();
            busy++;
            try {
                threads.execute(next);
            } catch (OutOfMemoryError noThread) {
                // The host permits no more threads just now: it waits, and is UNKNOWN when its time is over.
                LOG.error("type={} no thread for a look: {}", type, noThread.getMessage());
                busy--;
                queue.addFirst(next);
                return;
            }
        }
    }

    /** One look; {@code abandoned} is owned by the loop thread, {@code result} by the worker. */
    private final class BlockingLook implements Look, Runnable {

        private final Order order;
        private final BlockingCheck check;
        private final Observer observer;
        /** Sees to it that an interrupt meets this look and not the next one on the same thread. */
        private final FutureTask<Boolean> task = new FutureTask<>(this::look, true);

        private CheckResult result = CheckResult.unknown("interrupted");
        private boolean abandoned;

        BlockingLook(Order order, BlockingCheck check, Observer observer) {
            this.order = order;
            this.check = check;
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
            lateness.started(order.dueNanos());
            loop.execute(observer::began);
            result = guarded();
        }

        @SuppressWarnings("NullAway") // a plugin may return null in spite of its contract
        private CheckResult guarded() {
            try {
                var seen = check.look(order.timeoutMillis());
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
