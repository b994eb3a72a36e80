package io.halcyon.check.tlscertificate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Days as people write them: with decimals, if need be. */
final class Days {

    private static final double SECONDS = 86_400;

    private Days() {}

    static Duration of(double days) {
        return Duration.ofSeconds(Math.round(days * SECONDS));
    }

    /** Rounded down to tenths. */
    static String text(Duration duration) {
        return BigDecimal.valueOf(duration.toSeconds() / SECONDS)
                .setScale(1, RoundingMode.FLOOR)
                .stripTrailingZeros()
                .toPlainString();
    }
}
