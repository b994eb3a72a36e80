package io.halcyon.api.check;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A health check at one moment. Immutable.
 *
 * @param name name of the check
 * @param type type name, such as {@code nginx}
 * @param verdict verdict after rise and fall
 * @param state {@code running}, {@code idle}, {@code waiting for type X}, ...
 * @param intervalMillis time between two starts as things are now
 * @param timeoutMillis limit of one run
 * @param rise successes in a row that make it UP
 * @param fall failures in a row that make it DOWN
 * @param streak results in a row that contradict the verdict so far
 * @param lastHealth what the last run said, before rise and fall
 * @param lastReason its reason
 * @param lastAt wall clock time of its end, null if it never ran
 * @param latencyMillis how long the thing took to answer, -1 if unknown
 * @param latencyP50Millis median of the last 100 latencies, -1 if unknown
 * @param latencyP99Millis what 99 of the last 100 latencies did not exceed, -1 if unknown
 * @param nextAt wall clock time of the next start, null if none is planned
 * @param steps what the last run did, in order
 * @param details what the last run reported besides, secrets excluded
 * @param trackedBy who tracks it: routers, real servers, composite checks
 * @param counters runs, failures, timeouts, skipped, by name
 * @param warnings static warnings about the configuration
 * @param hold what somebody decided by hand, null if nobody did
 */
public record CheckStatus(
        String name,
        String type,
        Verdict verdict,
        String state,
        long intervalMillis,
        long timeoutMillis,
        int rise,
        int fall,
        int streak,
        Health lastHealth,
        String lastReason,
        @Nullable Instant lastAt,
        long latencyMillis,
        double latencyP50Millis,
        double latencyP99Millis,
        @Nullable Instant nextAt,
        List<Step> steps,
        Map<String, String> details,
        List<String> trackedBy,
        Map<String, Long> counters,
        List<String> warnings,
        @Nullable CheckHold hold) {

    /**
     * Something a run did.
     *
     * @param name one word, such as {@code connect}
     * @param text what came of it
     */
    public record Step(String name, String text) {}

    public CheckStatus {
        steps = List.copyOf(steps);
        trackedBy = List.copyOf(trackedBy);
        warnings = List.copyOf(warnings);
    }

    /** The same with those who track it. */
    public CheckStatus trackedBy(List<String> trackers, List<String> newWarnings) {
        return new CheckStatus(
                name,
                type,
                verdict,
                state,
                intervalMillis,
                timeoutMillis,
                rise,
                fall,
                streak,
                lastHealth,
                lastReason,
                lastAt,
                latencyMillis,
                latencyP50Millis,
                latencyP99Millis,
                nextAt,
                steps,
                details,
                trackers,
                counters,
                newWarnings,
                hold);
    }
}
