package io.halcyon.check.engine;

import io.halcyon.spi.check.CheckResult;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of a check with its limit. Owned by the loop thread.
 *
 * <p>A plugin that keeps the limit itself gets a tenth of a second more, so that its own words are heard. After that the run
 * is judged without it and lingers until the plugin returns. A run in which our own process was paused has its limit once more,
 * from the end of the pause: late is not failed.
 */
final class Run implements Runner.Observer {

    private static final long OWN_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Longer than it takes to write off a wave of checks that hang as long as this one may. */
    private static final long WAVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Loop loop;
    private final long timeoutNanos;
    private final Tally tally;
    private final Consumer<CheckResult> judged;
    private final Consumer<CheckResult> over;
    private final Runner.Look look;
    private long startNanos;
    private int pausesBefore;
    private boolean extended;
    private boolean judgedAlready;
    private Loop.Timer limit;

    /**
     * Starts it.
     *
     * @param judged hears the result, once
     * @param over hears when nothing of it runs any more, with what the plugin said in the end
     */
    @SuppressWarnings("this-escape") // the runner calls back on this thread, later
    Run(
            Loop loop,
            Runner runner,
            Runner.Order order,
            Tally tally,
            Consumer<CheckResult> judged,
            Consumer<CheckResult> over) {
        this.loop = loop;
        this.timeoutNanos = order.timeoutNanos();
        this.tally = tally;
        this.judged = judged;
        this.over = over;
        this.startNanos = loop.nanos();
        this.pausesBefore = loop.pauses();
        this.limit = loop.at(startNanos + timeoutNanos + WAVE_NANOS, this::noWorker);
        this.look = runner.start(order, this);
    }

    private long elapsedNanos() {
        return loop.nanos() - startNanos;
    }

    /** Whether we could not listen for a while: what comes late then may have been there in time. */
    private boolean paused() {
        return loop.pauses() != pausesBefore;
    }

    /** Whether its result is known but the plugin has not returned. */
    boolean lingers() {
        return judgedAlready;
    }

    /** A result of it, and what came of each step until now. */
    CheckResult withSteps(CheckResult result) {
        return result.withDetails(look.withSteps(result.details()));
    }

    /** Nobody wants its result any more. */
    void abandon() {
        judgedAlready = true;
        limit.cancel();
        if (look.giveUp()) {
            over.accept(CheckResult.unknown("taken back"));
        }
    }

    @Override
    public void began() {
        if (judgedAlready) {
            return;
        }
        startNanos = loop.nanos();
        pausesBefore = loop.pauses();
        limit.cancel();
        limit = loop.at(startNanos + timeoutNanos + OWN_WORDS_NANOS, this::timedOut);
    }

    @Override
    public void ended(CheckResult result) {
        limit.cancel();
        if (!judgedAlready) {
            judge(inTime(result));
        }
        over.accept(result);
    }

    private CheckResult inTime(CheckResult result) {
        if (elapsedNanos() < timeoutNanos || result.hold() || paused()) {
            return result;
        }
        tally.timeout();
        return RiseAndFall.isSuccess(result.health()) ? Outcomes.tooLate(result, elapsedNanos()) : result;
    }

    private void timedOut() {
        if (paused() && !extended) {
            extended = true;
            limit = loop.at(loop.nanos() + timeoutNanos + OWN_WORDS_NANOS, this::timedOut);
            return;
        }
        tally.timeout();
        judge(Outcomes.timedOut(timeoutNanos));
        look.giveUp();
    }

    private void noWorker() {
        boolean takenBack = look.giveUp();
        var result = Outcomes.noWorker(elapsedNanos());
        judge(result);
        if (takenBack) {
            over.accept(result);
        }
    }

    private void judge(CheckResult result) {
        judgedAlready = true;
        judged.accept(result);
    }
}
