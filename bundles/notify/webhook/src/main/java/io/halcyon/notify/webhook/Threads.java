package io.halcyon.notify.webhook;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Daemon threads with a name and without the class loader of whoever happened to start them. */
final class Threads {

    private static final int MOST = 2;
    private static final long IDLE_SECONDS = 5;

    private Threads() {}

    /** Two at most, which end when they have been idle. */
    static ExecutorService few(String name) {
        var threads = new ThreadPoolExecutor(
                MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    var thread = new Thread(work, name);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(Threads.class.getClassLoader());
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
