package io.halcyon.console.shell.line;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Interrupts what takes too long. Its thread, {@code console-limits}, goes when there is nothing to watch. Thread-safe. */
final class TimeLimits implements AutoCloseable {

    private final long millis;
    private final ScheduledThreadPoolExecutor clock;

    TimeLimits(long millis) {
        this.millis = millis;
        this.clock = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "console-limits"));
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(5, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    /** Begins to watch one piece of work. */
    Limit begin(Runnable interrupt) {
        return new Limit(clock.schedule(interrupt, millis, TimeUnit.MILLISECONDS));
    }

    /** The end of one piece of work, unless it is lifted or the work is over. */
    record Limit(ScheduledFuture<?> end) implements AutoCloseable {

        void lift() {
            end.cancel(false);
        }

        @Override
        public void close() {
            lift();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
