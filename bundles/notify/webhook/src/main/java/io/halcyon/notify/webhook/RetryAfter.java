package io.halcyon.notify.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header field {@code Retry-After}, RFC 9110 section 10.2.3. */
final class RetryAfter {

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** How long to wait, null if the field is not there or makes no sense. */
    static @Nullable Duration of(@Nullable String field, Instant now) {
        if (field == null) {
            return null;
        }
        var value = field.strip();
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            var digits = value.length() > MOST_DIGITS ? "9".repeat(MOST_DIGITS) : value;
            return Duration.ofSeconds(Long.parseLong(digits));
        }
        try {
            var wait = Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
