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
 * @param intervalMillis time between two starts
 * @param timeoutMillis limit of one run
 * @param rise successes in a row that make it UP
 * @param fall failures in a row that make it DOWN
 * @param streak results in a row that contradict the verdict so far
 * @param lastHealth what the last run said, before rise and fall
 * @param lastReason its reason
 * @param lastAt wall clock time of its end, null if it never ran
 * @param latencyMillis how long the thing took to answer, -1 if unknown
 * @param details what the last run reported besides, secrets excluded
 * @param trackedBy routers that track it
 * @param counters runs, failures, timeouts, skipped, by name
 * @param warnings static warnings about the configuration
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
        Map<String, String> details,
        List<String> trackedBy,
        Map<String, Long> counters,
        List<String> warnings) {

    public CheckStatus {
        trackedBy = List.copyOf(trackedBy);
        warnings = List.copyOf(warnings);
    }
}
