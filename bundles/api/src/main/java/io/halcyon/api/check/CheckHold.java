package io.halcyon.api.check;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A verdict that somebody holds by hand, over a restart of the container, too. Immutable.
 *
 * @param kind whether the check goes on looking
 * @param health what the check stands for meanwhile
 * @param dynamicWeight weight that stays with it, null if none
 * @param reason why, in the words of whoever did it; empty if nothing was said
 * @param since wall clock time of the command
 * @param until wall clock time at which it ends by itself, null if only by command
 */
public record CheckHold(
        Kind kind,
        Health health,
        @Nullable Integer dynamicWeight,
        String reason,
        Instant since,
        @Nullable Instant until) {

    /** What is held. */
    public enum Kind {
        /** The verdict was given; the check goes on looking, and what it sees counts when the hold ends. */
        FORCED,
        /** The check does not look; its verdict stays what it was. */
        DISABLED
    }

    /** For a person: {@code forced UP by hand until 2026-11-28T02:00:00Z: the disk is being replaced}. */
    public String text() {
        var what = kind == Kind.FORCED ? "forced " + health : "disabled";
        var end = until == null ? "" : " until " + until.truncatedTo(ChronoUnit.SECONDS);
        return what + " by hand" + end + (reason.isEmpty() ? "" : ": " + reason);
    }
}
