package io.halcyon.check.engine;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured check: its schedule, the run that is under way, what is counted, and its verdict. Owned by the loop thread;
 * {@link #status} may be read by any.
 */
final class Check {

    private static final Logger LOG = LoggerFactory.getLogger(Check.class);

    /** How long a type may be away before its checks say so: an update of a bundle is no event for anybody. */
    static final long TYPE_GRACE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** What all checks share. */
    record Surroundings(Loop loop, Runner runner, VerdictBoard board, Clock wallClock) {}

    private record LastRun(CheckResult result, @Nullable Instant at) {}

    private final Surroundings around;
    private final CurrentVerdict verdict;
    private final Schedule schedule;
    private final Tally tally = new Tally();
    private final List<Runnable> waiters = new ArrayList<>();

    private CheckSettings settings;
    private @Nullable InstalledType type;
    /** Null while the type is missing or refuses the keys. */
    private @Nullable HealthCheck check;

    private String state = "";
    private @Nullable Run run;
    private LastRun last = new LastRun(CheckResult.unknown("it has not run yet"), null);
    private Loop.@Nullable Timer start;
    private Loop.@Nullable Timer grace;

    private volatile CheckStatus status;

    Check(CheckSettings settings, @Nullable InstalledType type, int turn, Surroundings around) {
        this.settings = settings;
        this.type = type;
        this.around = around;
        this.verdict = new CurrentVerdict(settings, around.board, around.wallClock);
        this.schedule = new Schedule(around.loop.nanos(), settings.intervalNanos(), turn);
        if (settings.initFail()) {
            verdict.assume(Health.DOWN, "init.fail: no success yet");
        }
        this.status = snapshot();
        prepare();
    }

    CheckSettings settings() {
        return settings;
    }

    /** Any thread. */
    CheckStatus status() {
        return status;
    }

    /** Other settings; verdict and counters stay. A run under way is the last one of the old settings. */
    void configure(CheckSettings changed, @Nullable InstalledType installed) {
        settings = changed;
        schedule.interval(around.loop.nanos(), changed.intervalNanos());
        verdict.configure(changed);
        retire();
        type = installed;
        prepare();
    }

    /** A bundle brought the type. */
    void typeCame(InstalledType installed) {
        if (type == null) {
            type = installed;
            prepare();
        }
    }

    /** The bundle that brought the type stops: its code must not run any more. */
    void typeWent(InstalledType gone) {
        if (gone.equals(type)) {
            type = null;
            retire();
            prepare();
        }
    }

    /** Runs it now, or joins the run that is under way; tells when there is a result. */
    void runNow(Runnable whenDone) {
        if (check == null || (run != null && run.lingers())) {
            whenDone.run();
            return;
        }
        waiters.add(whenDone);
        if (run == null) {
            startRun(check, around.loop.nanos());
            publish();
        }
    }

    boolean canRun() {
        return check != null;
    }

    /** Ends it. */
    void close() {
        retire();
        cancel(grace);
        answerWaiters();
    }

    private void retire() {
        cancel(start);
        start = null;
        var old = check;
        var running = run;
        check = null;
        run = null;
        if (running != null) {
            // Its end is heard by the old check only; see over().
            running.abandon();
        } else if (old != null) {
            closeQuietly(old);
        }
        answerWaiters();
    }

    /** Makes the check if its type is there, or says what is missing. */
    private void prepare() {
        cancel(grace);
        grace = null;
        if (type == null) {
            state = "waiting for type " + settings.type();
            grace = around.loop.at(around.loop.nanos() + TYPE_GRACE_NANOS, this::typeIsMissing);
        } else {
            make(type);
        }
        publish();
    }

    private void make(InstalledType installed) {
        try {
            check = installed.maker().make(settings.text());
            state = "idle";
            schedule.resume(around.loop.nanos());
            plan();
        } catch (Refusal refusal) {
            refused(String.valueOf(refusal.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            refused("type " + settings.type() + " failed: " + e);
        }
    }

    private void refused(String message) {
        state = "refused";
        around.board.publish(new Event.ConfigurationChange(settings.name(), message, Severity.WARNING));
        verdict.stand(Health.UNKNOWN, message);
    }

    private void typeIsMissing() {
        verdict.stand(Health.UNKNOWN, "waiting for type " + settings.type() + ", which no installed bundle brings");
        publish();
    }

    private void plan() {
        start = around.loop.at(schedule.dueNanos(), this::due);
    }

    private void due() {
        long dueNanos = schedule.dueNanos();
        tally.skipped(schedule.advance(around.loop.nanos()));
        plan();
        if (run == null && check != null) {
            startRun(check, dueNanos);
        } else if (run != null) {
            tally.skipped(1);
            if (run.lingers()) {
                judged(Outcomes.stillHanging());
            }
        }
        publish();
    }

    private void startRun(HealthCheck current, long dueNanos) {
        state = "running";
        tally.run();
        run = new Run(
                around.loop,
                around.runner,
                new Runner.Order(settings.type(), current, settings.timeoutNanos(), dueNanos),
                tally,
                this::judged,
                result -> over(current, result));
    }

    private void over(HealthCheck ended, CheckResult result) {
        if (ended != check) {
            closeQuietly(ended);
            return;
        }
        if (run != null && run.lingers() && last.result.details().isEmpty()) {
            // The plugin's own account of a run that we had to judge without it.
            last = new LastRun(last.result.withDetails(result.details()), last.at);
        }
        run = null;
        state = "idle";
        publish();
    }

    private void judged(CheckResult result) {
        last = new LastRun(result, around.wallClock.instant());
        if (!result.hold() && !RiseAndFall.isSuccess(result.health())) {
            tally.failure();
        }
        verdict.count(result);
        answerWaiters();
        publish();
    }

    private void answerWaiters() {
        var all = List.copyOf(waiters);
        waiters.clear();
        publish();
        all.forEach(Runnable::run);
    }

    private void publish() {
        status = snapshot();
    }

    private CheckStatus snapshot() {
        var latency = last.result.latency();
        return new CheckStatus(
                settings.name(),
                settings.type(),
                verdict.get(),
                run != null && run.lingers() ? "hanging" : state,
                TimeUnit.NANOSECONDS.toMillis(settings.intervalNanos()),
                settings.timeoutMillis(),
                settings.rise(),
                settings.fall(),
                verdict.streak(),
                last.result.health(),
                last.result.reason(),
                last.at,
                latency == null ? -1 : latency.toMillis(),
                last.result.details(),
                List.of(),
                tally.counters(),
                settings.warnings());
    }

    private static void cancel(Loop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private static void closeQuietly(HealthCheck check) {
        try {
            check.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("closing a check failed: {}", e.toString());
        }
    }
}
