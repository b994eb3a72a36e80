package io.halcyon.notify.fifo;

import io.halcyon.linux.process.CommandOutcome;
import io.halcyon.linux.process.ExternalCommand;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that reads the FIFO: started with the first line, again whenever it ends, and ended with us. It runs on a
 * thread of its own; the thread that delivers calls the methods.
 */
final class ReaderScript {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderScript.class);

    private static final long NO_LIMIT_MILLIS = TimeUnit.DAYS.toMillis(36_500);
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LAST_PAUSE_MILLIS = 60_000;
    /** For one that sees the end of the FIFO and ends by itself; after that it gets TERM, and KILL two seconds later. */
    private static final long FAREWELL_MILLIS = 1_000;

    private static final long TERM_MILLIS = 500;

    private final String notifier;
    private final ExternalCommand command;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile boolean running;
    private volatile String news = "";

    ReaderScript(String notifier, ExternalCommand command) {
        this.notifier = notifier;
        this.command = command;
    }

    /** Starts it, unless that was done before. */
    void start() {
        if (thread == null) {
            running = true;
            thread = new Thread(this::keepRunning, "notify-" + notifier + "-reader");
            thread.setDaemon(true);
            thread.setContextClassLoader(ReaderScript.class.getClassLoader());
            thread.start();
        }
    }

    boolean isRunning() {
        return running;
    }

    /** How it last ended, empty if it runs. */
    String news() {
        return running ? "" : news;
    }

    /** Ends it; the FIFO has been closed on our side. */
    void stop() {
        stopped.countDown();
        var keeper = thread;
        if (keeper == null) {
            return;
        }
        try {
            keeper.join(FAREWELL_MILLIS);
            keeper.interrupt();
            keeper.join(TERM_MILLIS);
        } catch (InterruptedException e) {
            keeper.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void keepRunning() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        try {
            while (stopped.getCount() > 0) {
                long begun = System.nanoTime();
                var end = runOnce();
                if (System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(LAST_PAUSE_MILLIS)) {
                    pauseMillis = FIRST_PAUSE_MILLIS;
                }
                news = "its reader " + end;
                running = false;
                if (stopped.getCount() == 0) {
                    return;
                }
                LOG.warn("{}: the reader of the FIFO {}; it is started again in {} ms", notifier, end, pauseMillis);
                if (stopped.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                    return;
                }
                pauseMillis = Math.min(2 * pauseMillis, LAST_PAUSE_MILLIS);
                running = true;
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: the reader was ended", notifier);
        } finally {
            running = false;
        }
    }

    private String runOnce() throws InterruptedException {
        try {
            return ending(command.run(NO_LIMIT_MILLIS));
        } catch (IOException e) {
            return "could not be started: " + e.getMessage();
        }
    }

    private static String ending(CommandOutcome outcome) {
        var line = outcome.lastLine();
        return "ended with " + outcome.ending() + (line.isEmpty() ? "" : ", it printed: " + line);
    }
}
