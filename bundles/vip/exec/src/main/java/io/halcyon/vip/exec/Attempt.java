package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.process.CommandOutcome;
import io.halcyon.linux.process.CommandRefusedException;
import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.vip.exec.Outcome.Answer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Commands for one address, with a look at what they did. Blocks; belongs to the worker that runs it. */
final class Attempt {

    private static final String SECRET = "HALCYON_SECRET";
    private static final int NO = 1;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How one command ended; {@code exit} is -1 if it did not end by itself. */
    private record Ran(int exit, String ending, String output) {
        boolean succeeded() {
            return exit == 0;
        }
    }

    private final ExecSettings settings;
    private final VirtualAddress address;
    private final String dev;

    Attempt(ExecSettings settings, VirtualAddress address, String dev) {
        this.settings = settings;
        this.address = address;
        this.dev = dev;
    }

    Outcome verify() throws InterruptedException {
        Ran ran = run(settings.verify());
        if (ran.succeeded()) {
            return Outcome.of(Answer.HERE);
        }
        return ran.exit() == NO
                ? Outcome.of(Answer.AWAY)
                : new Outcome(Answer.UNKNOWN, "verify: " + ran.ending(), ran.output());
    }

    /**
     * Claims it unless it is here.
     *
     * @param ours whether it would be ours if it is here already
     * @param permitted asked after the first look: the router may not be master any more
     * @param record called before the command runs
     */
    Outcome claim(boolean ours, BooleanSupplier permitted, Runnable record) throws InterruptedException {
        Outcome before = verify();
        if (before.is(Answer.HERE)) {
            return ours ? before : Outcome.of(Answer.FOREIGN);
        }
        // Who does not know whether it is somebody else's must not touch it.
        if (before.is(Answer.UNKNOWN)) {
            return before;
        }
        if (!permitted.getAsBoolean()) {
            return Outcome.DROPPED;
        }
        record.run();
        return verified("claim", run(settings.claim()), Answer.HERE, "it is not here");
    }

    /**
     * Releases it.
     *
     * @param lookFirst whether somebody else may have taken it
     */
    Outcome release(boolean lookFirst) throws InterruptedException {
        if (lookFirst) {
            Outcome before = verify();
            if (before.is(Answer.AWAY)) {
                return before;
            }
        }
        return verified("release", run(settings.release()), Answer.AWAY, "it is still here");
    }

    /** What a cloud was told may take a moment until it shows. */
    private Outcome verified(String what, Ran ran, Answer wanted, String otherwise) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.timeoutMillis());
        long pause = FIRST_PAUSE_NANOS;
        Outcome now = verify();
        while (!now.is(wanted) && ran.succeeded() && System.nanoTime() + pause - end < 0) {
            TimeUnit.NANOSECONDS.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            now = verify();
        }
        if (now.is(wanted)) {
            return now;
        }
        if (!ran.succeeded()) {
            return new Outcome(now.answer(), what + ": " + ran.ending(), ran.output());
        }
        return now.is(Answer.UNKNOWN)
                ? now
                : new Outcome(now.answer(), what + ": exit status 0, but verify says that " + otherwise, ran.output());
    }

    private Ran run(CommandTemplate template) throws InterruptedException {
        try {
            ExternalCommand command = new ExternalCommand(template.fill(address, dev), settings.user());
            CommandOutcome outcome = (settings.secret().isEmpty() ? command : command.with(SECRET, settings.secret()))
                    .run(settings.timeoutMillis());
            String line = outcome.lastLine();
            return new Ran(
                    outcome.timedOut() ? -1 : outcome.exit(),
                    settings.masked(outcome.ending() + (line.isEmpty() ? "" : ", it printed: " + line)),
                    settings.masked(outcome.output()));
        } catch (CommandRefusedException e) {
            return new Ran(-1, e.reason(), "");
        } catch (IOException e) {
            return new Ran(-1, "it could not be started: " + e.getMessage(), "");
        }
    }
}
