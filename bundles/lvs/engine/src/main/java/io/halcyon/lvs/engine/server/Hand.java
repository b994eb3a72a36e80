package io.halcyon.lvs.engine.server;

import io.halcyon.api.lvs.RealServerHold;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decided about a real server, with its times on the clock of the state machine. Immutable.
 *
 * @param hold what was decided
 * @param deadlineNanos when its connections end, {@link Long#MAX_VALUE} for never
 * @param untilNanos when it returns by itself, {@link Long#MAX_VALUE} for never
 */
record Hand(RealServerHold hold, long deadlineNanos, long untilNanos) {

    private static final long NEVER = Long.MAX_VALUE;

    boolean isDrained(long nowNanos) {
        return hold.draining() && deadlineNanos <= nowNanos;
    }

    boolean isOver(long nowNanos) {
        return hold.draining() && untilNanos <= nowNanos;
    }

    /** When something of it happens next. */
    long nextNanos(long nowNanos) {
        long next = untilNanos;
        return deadlineNanos > nowNanos ? Math.min(next, deadlineNanos) : next;
    }

    /** What is left when the drain is over, null if nothing is. */
    @Nullable
    Hand undrained() {
        if (hold.weight() < 0) {
            return null;
        }
        return new Hand(
                new RealServerHold(false, hold.weight(), hold.reason(), hold.since(), null, null), NEVER, NEVER);
    }

    /** The same with another weight, null if nothing is left. */
    static @Nullable Hand weighted(@Nullable Hand before, int weight, Instant at) {
        if (before == null) {
            return weight < 0 ? null : new Hand(new RealServerHold(false, weight, "", at, null, null), NEVER, NEVER);
        }
        RealServerHold was = before.hold;
        if (weight < 0 && !was.draining()) {
            return null;
        }
        return new Hand(
                new RealServerHold(was.draining(), weight, was.reason(), was.since(), was.deadline(), was.until()),
                before.deadlineNanos,
                before.untilNanos);
    }

    static Hand draining(@Nullable Hand before, Input.Drain drain) {
        int weight = before == null ? -1 : before.hold.weight();
        return new Hand(
                new RealServerHold(true, weight, drain.reason(), drain.at(), drain.deadline(), drain.until()),
                drain.deadlineNanos(),
                drain.untilNanos());
    }

    /** For a person. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (hold.draining()) {
            text.append("drained by hand");
            if (hold.deadline() != null) {
                text.append(", its connections end at ").append(hold.deadline());
            }
            if (hold.until() != null) {
                text.append(", until ").append(hold.until());
            }
        }
        if (hold.weight() >= 0) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append("weight ")
                    .append(hold.weight())
                    .append(" by hand");
        }
        return text + (hold.reason().isEmpty() ? "" : ": " + hold.reason());
    }
}
