package io.halcyon.itests.lab.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as a person reads them. */
final class Numbers {

    /** What never ended. */
    static final double FOR_EVER = Double.POSITIVE_INFINITY;

    private Numbers() {}

    /** Four digits that count, one decimal at least, no zeros at the end; "-" for what was not measured. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (Double.isInfinite(value)) {
            return "for ever";
        }
        return rounded(value).toPlainString();
    }

    static BigDecimal rounded(double value) {
        if (value == 0) {
            return BigDecimal.ZERO;
        }
        int digitsBefore = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        int decimals = Math.max(0, Math.min(3, 4 - digitsBefore));
        // Targets such as 3653.4 would lose what tells them from their neighbours.
        var rounded = BigDecimal.valueOf(value)
                .setScale(Math.max(1, decimals), RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
