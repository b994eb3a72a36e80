package io.halcyon.check.engine;

import io.halcyon.api.check.Health;
import org.jspecify.annotations.Nullable;

/**
 * What a check stands for, and why.
 *
 * @param weight weight that was asked for with it, null if none
 */
record Standing(Health health, String reason, @Nullable Integer weight) {

    Standing(Health health, String reason) {
        this(health, reason, null);
    }

    /** From the best to the worst, for whoever tracks it. */
    private static int rank(Health health) {
        return switch (health) {
            case UP -> 0;
            case DEGRADED -> 1;
            case UNKNOWN -> 2;
            case DOWN -> 3;
        };
    }

    static boolean isWorse(Health one, Health than) {
        return rank(one) > rank(than);
    }
}
