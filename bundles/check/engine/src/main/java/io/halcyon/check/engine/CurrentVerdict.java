package io.halcyon.check.engine;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.spi.check.CheckResult;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one check stands for, and the telling of it. Owned by the loop thread. */
final class CurrentVerdict {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentVerdict.class);

    private final VerdictBoard board;
    private final Clock wallClock;
    private final RiseAndFall counter;
    private Weight weight;
    private Verdict verdict;
    /** A verdict is not told before there is something to tell. */
    private boolean announced;

    CurrentVerdict(CheckSettings settings, VerdictBoard board, Clock wallClock) {
        this.board = board;
        this.wallClock = wallClock;
        this.weight = settings.weight();
        this.counter = new RiseAndFall(settings.rise(), settings.fall(), Health.UNKNOWN);
        this.verdict = new Verdict(
                settings.name(),
                Health.UNKNOWN,
                "it has not run yet",
                wallClock.instant(),
                weight.value(),
                weight.reverse(),
                null,
                0);
    }

    Verdict get() {
        return verdict;
    }

    int streak() {
        return counter.streak();
    }

    /** Other limits and weight; what was counted stays. */
    void configure(CheckSettings settings) {
        counter.configure(settings.rise(), settings.fall());
        weight = settings.weight();
        if (announced) {
            become(verdict.health(), verdict.reason(), verdict.dynamicWeight());
        }
    }

    /** What it stands for before anything was seen; no event, since nothing happened. */
    void assume(Health health, String reason) {
        counter.set(health);
        verdict =
                new Verdict(verdict.name(), health, reason, verdict.since(), weight.value(), weight.reverse(), null, 0);
        announced = true;
        board.tell(verdict);
    }

    /** The result of a run. */
    void count(CheckResult result) {
        if (result.hold()) {
            return;
        }
        var health = counter.next(result.health());
        // A result that does not count enough yet must not lend its reason to the verdict that it contradicts.
        if (health == result.health() || health != verdict.health()) {
            become(health, result.reason(), result.weight());
        }
    }

    /** The verdict from somewhere else than a run. */
    void stand(Health health, String reason) {
        counter.set(health);
        become(health, reason, null);
    }

    private void become(Health health, String reason, @Nullable Integer dynamicWeight) {
        boolean changed = health != verdict.health();
        long event = changed ? board.publish(verdict.name(), verdict.health(), health, reason) : verdict.eventId();
        var next = new Verdict(
                verdict.name(),
                health,
                reason,
                changed ? wallClock.instant() : verdict.since(),
                weight.value(),
                weight.reverse(),
                dynamicWeight,
                event);
        boolean worthTelling = !announced || !next.equals(verdict);
        log(verdict, next);
        verdict = next;
        if (worthTelling) {
            announced = true;
            board.tell(next);
        }
    }

    private void log(Verdict from, Verdict to) {
        boolean changed = from.health() != to.health();
        if (to.health() == Health.UNKNOWN && (changed || !from.reason().equals(to.reason()))) {
            LOG.warn("check={} UNKNOWN, {}", to.name(), to.reason());
        } else if (changed && to.health() == Health.DOWN) {
            LOG.warn("check={} {} -> DOWN, {}", to.name(), from.health(), to.reason());
        } else if (changed) {
            LOG.info("check={} {} -> {}, {}", to.name(), from.health(), to.health(), to.reason());
        }
    }
}
