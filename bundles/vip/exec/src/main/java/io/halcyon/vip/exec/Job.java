package io.halcyon.vip.exec;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An attempt on a worker, which can be given up at any time. Thread-safe. */
final class Job {

    /** What a worker does. */
    interface Work {
        Outcome perform() throws InterruptedException;
    }

    private @Nullable Thread worker;
    private boolean givenUp;

    /** Runs on the worker; tells the outcome whatever happens. */
    void run(Work work, Consumer<Outcome> told) {
        told.accept(begin() ? outcome(work) : Outcome.DROPPED);
    }

    private Outcome outcome(Work work) {
        try {
            return work.perform();
        } catch (InterruptedException e) {
            return Outcome.DROPPED;
        } catch (RuntimeException | LinkageError e) {
            return new Outcome(Outcome.Answer.UNKNOWN, "defect: " + e, "");
        } finally {
            end();
        }
    }

    /** Ends the command that runs, and starts no other. */
    synchronized void giveUp() {
        givenUp = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    synchronized boolean isGivenUp() {
        return givenUp;
    }

    private synchronized boolean begin() {
        if (!givenUp) {
            worker = Thread.currentThread();
        }
        return !givenUp;
    }

    private synchronized void end() {
        worker = null;
        // An interrupt that came too late must not hit the worker's next job.
        boolean unused = Thread.interrupted();
    }
}
