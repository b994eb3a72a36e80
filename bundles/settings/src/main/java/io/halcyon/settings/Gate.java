package io.halcyon.settings;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets texts in, beside what runs or in place of what is being deleted. Not thread-safe: its {@link Family} guards it. */
final class Gate<R> {

    /** A text that passed, and the object that has to go first because it is in the way. */
    record Admission<R>(R settings, Optional<String> displaced) {}

    private final Family.Parser<R> parser;
    private final PendingRemovals pending;

    // What the parser is to take for gone while it is asked.
    private @Nullable Set<String> assumedGone;

    Gate(Family.Parser<R> parser, PendingRemovals pending) {
        this.parser = parser;
        this.pending = pending;
    }

    /**
     * First beside everything that runs. If that is refused, it may be in conflict with an object that is being deleted;
     * then that one has to go at once, so that both never run together.
     */
    Admission<R> admit(ConfigText text) throws Refusal {
        try {
            return new Admission<>(parse(text, Set.of()), Optional.empty());
        } catch (Refusal refusal) {
            for (String leaving : pending.names()) {
                try {
                    return new Admission<>(parse(text, Set.of(leaving)), Optional.of(leaving));
                } catch (Refusal ignored) {
                    // Not because of this one; the first refusal says what a person has to know.
                }
            }
            throw refusal;
        }
    }

    /** In place of what is being deleted. */
    R admitInstead(ConfigText text) throws Refusal {
        return parse(text, pending.names());
    }

    /** Whether everything in the settings could be judged. */
    boolean complete(R settings) {
        return parser.complete(settings);
    }

    /** What counts as gone: while a parser asks what it is to assume, otherwise all that is being deleted. */
    Set<String> gone() {
        return assumedGone != null ? assumedGone : pending.names();
    }

    private R parse(ConfigText text, Set<String> gone) throws Refusal {
        assumedGone = gone;
        try {
            return parser.parse(text);
        } finally {
            assumedGone = null;
        }
    }
}
