package io.halcyon.api.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a check stands for after rise and fall were counted. Immutable.
 *
 * @param name name of the check, as in {@code io.halcyon.check-NAME.cfg}
 * @param health {@link Health#UNKNOWN} until the first result
 * @param reason why, for a person
 * @param since wall clock time since when {@code health} holds
 * @param weight weight of the check for whoever tracks it without one of its own, -253..253
 * @param reverse whether success and failure are swapped for whoever tracks it without a word of its own
 * @param dynamicWeight weight that the check itself reported, null if none
 * @param eventId id of the event that told of the last change, of the weight as well; 0 if none
 */
public record Verdict(
        String name,
        Health health,
        String reason,
        Instant since,
        int weight,
        boolean reverse,
        @Nullable Integer dynamicWeight,
        long eventId) {}
