package io.halcyon.lvs.engine;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that are there only while there is something to do. */
final class Threads {

    private static final long IDLE_SECONDS = 10;
    private static final long GOODBYE_SECONDS = 5;

    private Threads() {}

    /** One daemon thread of that name, which ends after it had nothing to do for a while. */
    static ScheduledThreadPoolExecutor passing(String name) {
        var threads = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
        // ConfigAdmin may have a last word after the end.
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        threads.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Ends it after what waits, unless that takes too long. */
    static void end(ScheduledThreadPoolExecutor threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
