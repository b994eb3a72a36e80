package io.halcyon.check.engine;

import io.halcyon.api.check.CheckHold;
import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.spi.check.CheckResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one check stands for, and the telling of it. Owned by the loop thread.
 *
 * <p>From a result to what is told: rise and fall, what UNKNOWN counts as, flap damping, and on top what somebody holds by
 * hand. What is held back goes on being counted, so it is right at once when the hold ends.
 */
final class CurrentVerdict {

    private final VerdictBoard board;
    private final Clock wallClock;
    private final Journal journal;
    private final RiseAndFall counter;
    private final FlapDamping flaps;
    private CheckSettings settings;
    private Standing counted;
    /** Results in a row that agreed with it, besides the first; -1 for none at all. */
    private int confirmed = -1;

    private @Nullable CheckHold hold;
    private Verdict verdict;
    /** The event that the next change is caused by, 0 for none. */
    private long cause;

    /** A verdict is not told before there is something to tell. */
    private boolean announced;

    CurrentVerdict(CheckSettings settings, VerdictBoard board, Clock wallClock, Journal journal) {
        this.settings = settings;
        this.board = board;
        this.wallClock = wallClock;
        this.journal = journal;
        this.counter = new RiseAndFall(settings.rise(), settings.fall(), Health.UNKNOWN);
        this.flaps = new FlapDamping(settings.flapping());
        this.counted = settings.init();
        this.verdict = of(new Standing(Health.UNKNOWN, counted.reason()), wallClock.instant(), 0);
        if (counted.health() != Health.UNKNOWN) {
            assume(counted);
        }
    }

    /** What is told. */
    Verdict get() {
        return verdict;
    }

    /** What the results made of it, whatever is told. */
    Health counted() {
        return counted.health();
    }

    int streak() {
        return counter.streak();
    }

    /** How long until the next start. */
    long intervalNanos() {
        // Most checks go on as UP: with that interval to begin with they keep the place that the schedule gave them.
        var known = counted.equals(CheckSettings.NOT_YET) ? Health.UP : counted.health();
        return settings.intervals().nanos(known, counter.streak() > 0 || flaps.isHolding(), confirmed);
    }

    /** Changes are caused by an event until the results agree with the verdict. */
    void causedBy(long event) {
        cause = event;
    }

    /** Other limits and weight; what was counted stays. */
    void configure(CheckSettings changed, long nowNanos) {
        settings = changed;
        counter.configure(changed.rise(), changed.fall());
        flaps.configure(changed.flapping());
        if (announced) {
            settleWithoutResult(nowNanos);
        }
    }

    /** The result of a run. */
    void count(CheckResult result, long nowNanos) {
        if (!result.hold()) {
            judge(result, nowNanos);
            cause = counter.streak() == 0 ? 0 : cause;
        }
        journal.result(result, verdict.health(), wallClock.instant());
    }

    private void judge(CheckResult result, long nowNanos) {
        var health = counter.next(result.health());
        boolean changed = health != counted.health();
        confirmed = changed ? 0 : counter.streak() == 0 ? confirmed + 1 : -1;
        // A result that does not count enough yet must not lend its reason to the verdict that it contradicts.
        if (health == result.health() || changed) {
            counted = new Standing(health, result.reason(), result.weight());
        }
        settle(nowNanos);
    }

    /** The verdict from somewhere else than a run. */
    void stand(Health health, String reason, long nowNanos) {
        counter.set(health);
        confirmed = -1;
        counted = new Standing(health, reason);
        settleWithoutResult(nowNanos);
    }

    /** Something that somebody holds by hand, null for what was counted. */
    void hold(@Nullable CheckHold newHold, long nowNanos) {
        hold = newHold;
        if (newHold != null || announced) {
            settleWithoutResult(nowNanos);
        }
    }

    /** No event: nothing happened. */
    private void assume(Standing standing) {
        counter.set(standing.health());
        verdict = of(standing, verdict.since(), 0);
        announced = true;
        board.tell(verdict);
    }

    private void settleWithoutResult(long nowNanos) {
        var before = verdict;
        settle(nowNanos);
        if (before.health() != verdict.health() || !before.reason().equals(verdict.reason())) {
            journal.change(verdict.health(), verdict.reason(), wallClock.instant());
        }
    }

    private void settle(long nowNanos) {
        var damped = flaps.next(known(counted), nowNanos);
        var held = hold;
        become(held == null ? damped : new Standing(held.health(), held.text(), held.dynamicWeight()));
    }

    private Standing known(Standing standing) {
        boolean unknown = standing.health() == Health.UNKNOWN && !standing.equals(CheckSettings.NOT_YET);
        return unknown && settings.unknownIsDown()
                ? new Standing(Health.DOWN, "nobody knows, which counts as DOWN: " + standing.reason())
                : standing;
    }

    private void become(Standing standing) {
        boolean changed = standing.health() != verdict.health();
        var before = verdict;
        long event = before.eventId();
        if (changed) {
            event = board.publish(before.name(), before.health(), standing.health(), standing.reason(), cause);
        } else if (cause != 0 && weighsOtherwise(standing)) {
            event = cause;
        }
        verdict = of(standing, changed ? wallClock.instant() : before.since(), event);
        settings.log().transition(before, verdict);
        if (!announced || !verdict.equals(before)) {
            announced = true;
            board.tell(verdict);
        }
    }

    private boolean weighsOtherwise(Standing standing) {
        var next = of(standing, verdict.since(), verdict.eventId());
        return next.weight() != verdict.weight()
                || next.reverse() != verdict.reverse()
                || !Objects.equals(next.dynamicWeight(), verdict.dynamicWeight());
    }

    private Verdict of(Standing standing, Instant since, long event) {
        var weight = settings.weight();
        return new Verdict(
                settings.name(),
                standing.health(),
                standing.reason(),
                since,
                weight.value(),
                weight.reverse(),
                standing.weight(),
                event);
    }
}
