package io.halcyon.check.nginx;

import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.spi.check.CheckResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts nginx, at most so many times within a window. The command runs on a thread of its own, since it may take longer
 * than a look; what happens to it is owned by the looks, except for the two fields that the thread leaves its outcome in.
 */
final class Remedy {

    /**
     * How often and how long.
     *
     * @param waitNanos after the end of the command, in which nginx may come up
     * @param most commands within the window
     * @param windowNanos length of the window
     */
    record Limits(long waitNanos, int most, long windowNanos) {}

    private static final Logger LOG = LoggerFactory.getLogger(Remedy.class);

    /** A command that takes longer is ended: it must start nginx in the background and return. */
    private static final long COMMAND_MILLIS = 30_000;

    private final String check;
    private final ExternalCommand command;
    private final Limits limits;
    private final Deque<Long> attempts = new ArrayDeque<>();
    private boolean waiting;

    private volatile boolean running;
    private volatile long endedNanos;
    private volatile String outcome = "";

    Remedy(String check, ExternalCommand command, Limits limits) {
        this.check = check;
        this.command = command;
        this.limits = limits;
    }

    /** The process is gone: holds the verdict while something is tried, gives up when all was tried. */
    CheckResult whenGone(String finding) {
        if (isUnderWay()) {
            return CheckResult.hold(finding + "; " + words());
        }
        forgetOldAttempts();
        if (attempts.size() < limits.most) {
            start(finding);
            return CheckResult.hold(finding + "; " + words());
        }
        return CheckResult.down(finding + "; restart.command was tried " + attempts.size() + " times within "
                + TimeUnit.NANOSECONDS.toSeconds(limits.windowNanos) + " s, at last: " + outcome);
    }

    /** The process is there but does not answer as it should: it may still be starting. */
    CheckResult whenFailing(CheckResult failure) {
        return isUnderWay() ? CheckResult.hold(failure.reason() + "; " + words()) : failure;
    }

    /** It works. */
    void whenWell() {
        waiting = false;
    }

    private boolean isUnderWay() {
        return running || (waiting && System.nanoTime() - endedNanos < limits.waitNanos);
    }

    private void forgetOldAttempts() {
        long now = System.nanoTime();
        attempts.removeIf(at -> now - at > limits.windowNanos);
    }

    private String words() {
        var which = "restart " + attempts.size() + " of " + limits.most;
        return which + (running ? " is under way" : " was made, waiting for nginx: " + outcome);
    }

    private void start(String finding) {
        attempts.add(System.nanoTime());
        LOG.warn("check={} {}, running restart.command ({} of {})", check, finding, attempts.size(), limits.most);
        running = true;
        waiting = true;
        var thread = new Thread(this::run, "check-restart-" + check);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            var result = command.run(COMMAND_MILLIS);
            var line = result.lastLine();
            outcome = result.ending() + (line.isEmpty() ? "" : ", it printed: " + line);
        } catch (IOException e) {
            outcome = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            outcome = "interrupted";
        } finally {
            LOG.info("check={} restart.command ended: {}", check, outcome);
            endedNanos = System.nanoTime();
            running = false;
        }
    }
}
