package io.halcyon.vip.exec;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The workers that run commands, and the settings they run them by. Thread-safe. */
final class Crew {

    private static final long IDLE_SECONDS = 5;
    /** A command that is ended gets two seconds between TERM and KILL. */
    private static final long END_SECONDS = 4;

    private final ThreadPoolExecutor workers;
    private final AtomicInteger number = new AtomicInteger();
    private volatile ExecSettings settings;

    Crew(String name, ExecSettings settings) {
        this.settings = settings;
        int size = settings.parallel();
        workers = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "vip-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(Crew.class.getClassLoader());
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    ExecSettings settings() {
        return settings;
    }

    /** For what begins from now on. */
    void change(ExecSettings next) {
        settings = next;
        boolean grows = next.parallel() > workers.getMaximumPoolSize();
        if (grows) {
            workers.setMaximumPoolSize(next.parallel());
        }
        workers.setCorePoolSize(next.parallel());
        if (!grows) {
            workers.setMaximumPoolSize(next.parallel());
        }
    }

    Attempt attempt(Target target) {
        return new Attempt(settings, target.address, target.place.dev());
    }

    void employ(Runnable job) {
        workers.execute(job);
    }

    /** Ends what runs. */
    void close() throws InterruptedException {
        workers.shutdownNow();
        boolean unused = workers.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    }
}
