package io.halcyon.notify.engine;

import java.util.random.RandomGenerator;

/** Growing delays between attempts, spread so that two nodes do not knock at the same moment. One thread owns it. */
final class Backoff {

    /** Each delay is this much shorter or longer at most, as a fraction. */
    private static final double JITTER = 0.2;

    private final RandomGenerator random;
    private long millis;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    long nextMillis(NotifierSettings.Patience patience) {
        millis = Math.min(patience.lastRetryMillis(), Math.max(patience.firstRetryMillis(), millis * 2));
        double spread = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Math.round(millis * spread);
    }

    void reset() {
        millis = 0;
    }
}
