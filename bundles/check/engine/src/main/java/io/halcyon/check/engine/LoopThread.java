package io.halcyon.check.engine;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of a running container: thread {@code check-scheduler}. */
final class LoopThread implements Loop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
    private static final long GOODBYE_MILLIS = 1_000;

    private final ScheduledThreadPoolExecutor executor;

    LoopThread() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "check-scheduler");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    /** The same thread, for whoever needs timers only. */
    ScheduledExecutorService timer() {
        return executor;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        schedule(0, task);
    }

    @Override
    public Timer at(long nanos, Runnable task) {
        return schedule(nanos - System.nanoTime(), task);
    }

    private Timer schedule(long delayNanos, Runnable task) {
        try {
            var future = executor.schedule(() -> guarded(task), delayNanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            // A worker or a service that comes back after the end.
            return () -> {};
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("check-scheduler: unexpected failure", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(GOODBYE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("check-scheduler does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
