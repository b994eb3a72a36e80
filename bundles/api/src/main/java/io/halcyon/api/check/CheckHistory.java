package io.halcyon.api.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a check's past: results in a row that said the same (numbers in the reason aside), or one change of the
 * verdict that no result brought. Immutable.
 *
 * @param at wall clock time of the first
 * @param lastAt wall clock time of the last
 * @param results how many, 0 if it was no result
 * @param result what they said before rise and fall, null if it was no result
 * @param verdict what the check stood for after them
 * @param reason the last one's reason
 */
public record CheckHistory(
        Instant at, Instant lastAt, long results, @Nullable Health result, Health verdict, String reason) {}
