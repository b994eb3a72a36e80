package io.halcyon.check.engine;

import io.halcyon.api.check.CheckHistory;
import io.halcyon.api.check.CheckHold;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One configured check: its schedule, the run that is under way, and what is told of both. Owned by the loop thread;
 * {@link #status} and {@link #history} may be asked by any, so the loop's work on it and they exclude each other.
 */
final class Check {

    /** How long a type may be away before its checks say so: an update of a bundle is no event for anybody. */
    static final long TYPE_GRACE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Surroundings around;
    private final CurrentVerdict verdict;
    private final Starts starts;
    private final Tally tally = new Tally();
    private final Journal journal = new Journal();
    private final Maintenance maintenance;
    private final List<Runnable> waiters = new ArrayList<>(0);

    private CheckSettings settings;
    private @Nullable InstalledType type;
    /** Null while the type is missing or the keys are refused. */
    private @Nullable HealthCheck check;

    private String state = "";
    private @Nullable Run run;
    private Loop.@Nullable Timer grace;

    @SuppressWarnings("this-escape") // timers call back on this thread, later
    Check(CheckSettings settings, @Nullable InstalledType type, int turn, Surroundings around, long cause) {
        this.settings = settings;
        this.type = type;
        this.around = around;
        this.verdict = new CurrentVerdict(settings, around.board(), around.wallClock(), journal);
        this.starts = new Starts(around.loop(), verdict.intervalNanos(), turn, settings.warmupNanos(), this::due);
        this.maintenance = new Maintenance(settings.name(), around, this::released);
        maintenance.restore();
        if (maintenance.hold() != null) {
            verdict.hold(maintenance.hold(), now());
        }
        prepare(cause);
    }

    CheckSettings settings() {
        return settings;
    }

    /** Any thread. */
    synchronized CheckStatus status() {
        var busy = run != null && run.lingers() ? "hanging" : state;
        boolean idle = maintenance.isDisabled() && busy.equals("idle");
        return new CheckReport(
                        settings,
                        verdict,
                        journal,
                        tally,
                        idle ? "disabled" : busy,
                        starts.nextAt(around.wallClock()),
                        maintenance.hold())
                .status();
    }

    /** Any thread. */
    synchronized List<CheckHistory> history(int limit) {
        return journal.history(limit);
    }

    /** Other settings; verdict and counters stay. A run under way is the last one of the old settings. */
    synchronized void configure(CheckSettings changed, @Nullable InstalledType installed, long event) {
        settings = changed;
        verdict.causedBy(event);
        verdict.configure(changed, now());
        starts.interval(verdict.intervalNanos());
        retire();
        type = installed;
        prepare(event);
    }

    /** A bundle brought the type. */
    synchronized void typeCame(InstalledType installed, long event) {
        if (type == null && settings.refusal() == null) {
            type = installed;
            prepare(event);
        }
    }

    /** The bundle that brought the type stops: its code must not run any more. */
    synchronized void typeWent(InstalledType gone, long event) {
        if (gone.equals(type)) {
            type = null;
            retire();
            prepare(event);
        }
    }

    /** Holds its verdict from now on. */
    synchronized void hold(CheckHold hold) {
        verdict.causedBy(maintenance.begin(hold));
        verdict.hold(hold, now());
        verdict.causedBy(0);
        if (maintenance.isDisabled()) {
            starts.stop();
        } else if (check != null && !starts.isOn()) {
            // It was disabled: what is forced only goes on looking.
            starts.begin();
        }
    }

    /** Back to normal, by command. */
    synchronized void enable() {
        released(maintenance.end());
    }

    /** It is gone for good; {@link #close} follows. */
    synchronized void forgetHold() {
        maintenance.forget();
    }

    private synchronized void released(long event) {
        verdict.causedBy(event);
        verdict.hold(null, now());
        verdict.causedBy(0);
        if (check != null && !starts.isOn() && !starts.begin()) {
            runNow(() -> {});
        }
    }

    /** Runs it now, or joins the run that is under way; tells when there is a result. */
    synchronized void runNow(Runnable whenDone) {
        if (check == null || (run != null && run.lingers())) {
            whenDone.run();
            return;
        }
        waiters.add(whenDone);
        if (run == null) {
            startRun(check, now());
        }
    }

    synchronized boolean canRun() {
        return check != null;
    }

    /** Ends it. */
    synchronized void close() {
        retire();
        cancelGrace();
        maintenance.stopWatching();
    }

    private void retire() {
        starts.stop();
        var old = check;
        var running = run;
        check = null;
        run = null;
        if (running != null) {
            // Its end is heard by the old check only; see over().
            running.abandon();
        } else if (old != null) {
            InstalledType.close(old);
        }
        answerWaiters();
    }

    /** Makes the check if its type is there, or says what is missing; an event is the cause of what comes of it. */
    private void prepare(long event) {
        cancelGrace();
        verdict.causedBy(event);
        var refusal = settings.refusal();
        if (refusal != null) {
            refused(refusal);
        } else if (type == null) {
            state = "waiting for type " + settings.type();
            grace = around.loop().at(now() + TYPE_GRACE_NANOS, this::typeIsMissing);
        } else {
            make(type);
        }
    }

    private void make(InstalledType installed) {
        try {
            check = installed.maker().make(settings.text());
            state = "idle";
            if (!maintenance.isDisabled()) {
                starts.begin();
            }
        } catch (Refusal refusal) {
            refused(String.valueOf(refusal.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            refused("type " + settings.type() + " failed: " + e);
        }
    }

    private void refused(String message) {
        state = "refused";
        verdict.causedBy(
                around.board().publish(new Event.ConfigurationChange(settings.name(), message, Severity.WARNING)));
        verdict.stand(Health.UNKNOWN, message, now());
    }

    private synchronized void typeIsMissing() {
        verdict.stand(Health.UNKNOWN, InstalledType.missing(settings.type()), now());
    }

    private synchronized void due() {
        long dueNanos = starts.dueNanos();
        tally.skipped(starts.next());
        if (run == null && check != null) {
            startRun(check, dueNanos);
        } else if (run != null) {
            tally.skipped(1);
            if (run.lingers()) {
                judge(Outcomes.stillHanging());
            }
        }
    }

    private void startRun(HealthCheck current, long dueNanos) {
        state = "running";
        tally.run();
        run = new Run(
                around.loop(),
                around.runner(),
                new Runner.Order(settings.type(), current, settings.timeoutNanos(), dueNanos),
                tally,
                this::judged,
                result -> over(current, result));
    }

    private synchronized void over(HealthCheck ended, CheckResult result) {
        if (ended != check) {
            InstalledType.close(ended);
            return;
        }
        if (run != null && run.lingers()) {
            journal.account(result);
        }
        run = null;
        state = "idle";
    }

    private synchronized void judged(CheckResult plain) {
        // Steps become text only where somebody may read them: most runs are nobody's.
        boolean isRead = !waiters.isEmpty() || !RiseAndFall.isSuccess(plain.health());
        var result = run != null && isRead ? run.withSteps(plain) : plain;
        if (!result.hold()) {
            settings.log().failure(settings.name(), result);
        }
        judge(result);
        answerWaiters();
    }

    private void judge(CheckResult result) {
        if (!result.hold() && !RiseAndFall.isSuccess(result.health())) {
            tally.failure();
        }
        verdict.count(result, now());
        starts.interval(verdict.intervalNanos());
    }

    private void answerWaiters() {
        var all = List.copyOf(waiters);
        waiters.clear();
        all.forEach(Runnable::run);
    }

    private long now() {
        return around.loop().nanos();
    }

    private void cancelGrace() {
        if (grace != null) {
            grace.cancel();
            grace = null;
        }
    }
}
