package io.halcyon.notify.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A thread of its own, which ends when it has been idle: nobody can keep it waiting. */
final class OwnLane implements Lane {

    private final ScheduledThreadPoolExecutor thread;

    OwnLane(Supplier<String> name) {
        thread = Threads.timer(name);
    }

    @Override
    public void execute(Runnable work) {
        thread.execute(work);
    }

    @Override
    public <T> Future<T> submit(Callable<T> work) {
        return thread.submit(work);
    }

    @Override
    public Future<?> next(Runnable work) {
        // What waits is a look at the queue at most.
        return thread.submit(work);
    }

    @Override
    public Future<?> schedule(Runnable work, long delayNanos) {
        return thread.schedule(work, delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void end() {
        thread.shutdownNow();
    }
}
