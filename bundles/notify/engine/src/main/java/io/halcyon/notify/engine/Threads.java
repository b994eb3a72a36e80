package io.halcyon.notify.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Daemon threads with a name and without the class loader of whoever happened to start them. */
final class Threads {

    private static final long IDLE_SECONDS = 5;

    private Threads() {}

    private static ThreadFactory named(Supplier<String> name) {
        return work -> {
            var thread = new Thread(work, name.get());
            thread.setDaemon(true);
            thread.setContextClassLoader(Threads.class.getClassLoader());
            return thread;
        };
    }

    /** One thread for work now or later; it ends when it has been idle. Work that comes after its end is dropped. */
    static ScheduledThreadPoolExecutor timer(Supplier<String> name) {
        var timer = new ScheduledThreadPoolExecutor(1, named(name), new ThreadPoolExecutor.DiscardPolicy());
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    /** No more than so many threads of such names; each ends when it has been idle. Work that comes after their end is dropped. */
    static ThreadPoolExecutor few(String prefix, int count) {
        var last = new AtomicInteger();
        var threads = new ThreadPoolExecutor(
                count,
                count,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                named(() -> prefix + last.incrementAndGet()),
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Waits for the end of work, however it ended; false if the time was up before. */
    static boolean ended(Future<?> work, long millis) {
        try {
            work.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
