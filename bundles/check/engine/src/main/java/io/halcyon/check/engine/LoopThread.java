package io.halcyon.check.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of a running container: thread {@code check-scheduler}. What is due within the same millisecond happens in one go, so
 * that ten thousand starts in a second wake it a thousand times.
 */
final class LoopThread implements Loop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
    private static final long GOODBYE_MILLIS = 1_000;
    private static final long IDLE_SECONDS = 10;
    private static final long TICK_NANOS = 1_000_000;

    /** Later than a busy machine makes it, as a rule. */
    static final long PAUSE_NANOS = 50_000_000;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Timers timers = new Timers();
    private final ScheduledThreadPoolExecutor settings;
    private final Thread thread;
    private volatile boolean sleeping;
    private volatile boolean closed;
    private int pauses;

    @SuppressWarnings("this-escape") // the thread starts in the last line
    LoopThread() {
        settings = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "check-settings"));
        settings.setRemoveOnCancelPolicy(true);
        settings.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        settings.allowCoreThreadTimeOut(true);
        thread = daemon(this::loop, "check-scheduler");
        thread.start();
    }

    /** A thread for what comes with configurations, which is there only while there is something. */
    ScheduledExecutorService timer() {
        return settings;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public int pauses() {
        return pauses;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (sleeping) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public Timer at(long nanos, Runnable task) {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("timers belong to the thread " + thread.getName());
        }
        var entry = timers.add(nanos, task);
        return () -> timers.cancel(entry);
    }

    private void loop() {
        while (!closed) {
            sleep();
            Thread.interrupted(); // by a plugin's fault; it would keep the loop from sleeping
            notePause();
            runTasks();
            fireTimers();
        }
    }

    private void sleep() {
        sleeping = true;
        if (tasks.isEmpty() && !closed) {
            if (timers.isEmpty()) {
                LockSupport.park(this);
            } else {
                long waitNanos = timers.firstNanos() - System.nanoTime();
                if (waitNanos > 0) {
                    LockSupport.parkNanos(this, waitNanos - Math.floorMod(waitNanos, TICK_NANOS) + TICK_NANOS);
                }
            }
        }
        sleeping = false;
    }

    private void notePause() {
        if (!timers.isEmpty() && System.nanoTime() - timers.firstNanos() > PAUSE_NANOS) {
            pauses++;
        }
    }

    private void runTasks() {
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    private void fireTimers() {
        long now = System.nanoTime();
        for (var action = timers.poll(now); action != null; action = timers.poll(now)) {
            guarded(action);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // All checks end with this thread.
            LOG.error("check-scheduler: unexpected failure", e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        closed = true;
        settings.shutdownNow();
        LockSupport.unpark(thread);
        try {
            thread.join(GOODBYE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("check-scheduler does not end");
        }
    }
}
