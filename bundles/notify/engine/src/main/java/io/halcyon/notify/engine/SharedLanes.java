package io.halcyon.notify.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lanes that share few threads, {@code notify-shared-N}, for notifiers of which there may be thousands. Work of one lane keeps its
 * order; lanes take turns.
 */
final class SharedLanes implements AutoCloseable {

    /** So many scripts that hang keep the others waiting. */
    static final int THREADS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    private final ThreadPoolExecutor threads = Threads.few("notify-shared-", THREADS);
    private final ScheduledExecutorService timer = Threads.timer(() -> "notify-later");

    Lane lane() {
        return new Shared();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        timer.shutdownNow();
    }

    private final class Shared implements Lane {

        // Guarded by this.
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        /** Whether one of the threads is to come here, or is here. */
        private boolean busy;

        private boolean running;
        private boolean ended;

        @Override
        public synchronized void execute(Runnable work) {
            if (ended) {
                return;
            }
            waiting.addLast(work);
            if (!busy) {
                busy = true;
                threads.execute(this::runOne);
            }
        }

        @Override
        public <T> Future<T> submit(Callable<T> work) {
            var task = new FutureTask<>(work);
            execute(task);
            return task;
        }

        @Override
        public synchronized Future<?> next(Runnable work) {
            var task = new FutureTask<>(work, true);
            if (running && !ended) {
                waiting.addFirst(task);
            } else {
                // Others may have all threads for a long time, and this lane none.
                task.run();
            }
            return task;
        }

        @Override
        public Future<?> schedule(Runnable work, long delayNanos) {
            return timer.schedule(() -> execute(work), delayNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public synchronized void end() {
            ended = true;
            waiting.clear();
        }

        private void runOne() {
            Runnable work;
            synchronized (this) {
                work = waiting.pollFirst();
                running = true;
            }
            try {
                if (work != null) {
                    work.run();
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("a notifier without a file failed: {}", e.toString());
            } finally {
                // What was meant for this lane is not for the next one.
                Thread.interrupted();
                goOn();
            }
        }

        private synchronized void goOn() {
            running = false;
            busy = !waiting.isEmpty();
            if (busy) {
                threads.execute(this::runOne);
            }
        }
    }
}
