package io.halcyon.check.engine;

import io.halcyon.api.check.CheckHold;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody holds of one check by hand, and the end of its time. Owned by the loop thread. */
final class Maintenance {

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    /** The end is a time of the wall clock, which may be set meanwhile. */
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final String check;
    private final Surroundings around;
    private final LongConsumer expired;
    private @Nullable CheckHold hold;
    private Loop.@Nullable Timer end;

    /** @param expired called with the event that tells of it when the time of a hold is over, and it holds no more */
    Maintenance(String check, Surroundings around, LongConsumer expired) {
        this.check = check;
        this.around = around;
        this.expired = expired;
    }

    @Nullable
    CheckHold hold() {
        return hold;
    }

    boolean isDisabled() {
        var current = hold;
        return current != null && current.kind() == CheckHold.Kind.DISABLED;
    }

    /** What was held before the container started, unless its time is over. */
    void restore() {
        var kept = around.holds().find(check);
        if (kept == null) {
            return;
        }
        if (remainingNanos(kept) <= 0) {
            around.holds().forget(check);
            tell("back to normal, its time ended meanwhile: " + kept.text(), Severity.INFO);
            return;
        }
        LOG.info("check={} still {}", check, kept.text());
        hold = kept;
        watch(kept);
    }

    /** Returns the event that tells of it, 0 for none. */
    long begin(CheckHold newHold) {
        stopWatching();
        hold = newHold;
        watch(newHold);
        return tell(newHold.text(), Severity.WARNING);
    }

    /** By command. Returns the event that tells of it, 0 for none. */
    long end() {
        var ended = hold;
        if (ended == null) {
            return 0;
        }
        hold = null;
        stopWatching();
        return tell("back to normal, no longer " + ended.text(), Severity.INFO);
    }

    /** The check is gone, and with it what was held: whoever keeps quiet until the end of it must hear of one. */
    void forget() {
        var ended = hold;
        if (ended != null) {
            hold = null;
            stopWatching();
            tell(gone(ended), Severity.INFO);
        }
    }

    static String gone(CheckHold ended) {
        return "the check is gone, no longer " + ended.text();
    }

    void stopWatching() {
        if (end != null) {
            end.cancel();
            end = null;
        }
    }

    private void watch(CheckHold watched) {
        if (watched.until() != null) {
            long sleep = Math.min(LONGEST_SLEEP_NANOS, remainingNanos(watched));
            end = around.loop().at(around.loop().nanos() + sleep, () -> lookAtTheClock(watched));
        }
    }

    private void lookAtTheClock(CheckHold watched) {
        if (!watched.equals(hold)) {
            return;
        }
        if (remainingNanos(watched) > 0) {
            watch(watched);
            return;
        }
        hold = null;
        around.holds().forget(check);
        expired.accept(tell("back to normal, its time is over: " + watched.text(), Severity.INFO));
    }

    private long remainingNanos(CheckHold watched) {
        if (watched.until() == null) {
            return Long.MAX_VALUE;
        }
        var remaining = Duration.between(around.wallClock().instant(), watched.until());
        return remaining.isNegative()
                ? 0
                : Math.min(remaining.toSeconds(), Integer.MAX_VALUE) * 1_000_000_000L + remaining.toNanosPart();
    }

    private long tell(String text, Severity severity) {
        if (severity == Severity.WARNING) {
            LOG.warn("check={} {}", check, text);
        } else {
            LOG.info("check={} {}", check, text);
        }
        return around.board().publish(new Event.Maintenance(check, text, hold != null, severity));
    }
}
