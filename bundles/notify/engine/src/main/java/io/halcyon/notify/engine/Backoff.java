package io.halcyon.notify.engine;

import java.util.random.RandomGenerator;

/** Growing delays between attempts, spread so that two nodes do not knock at the same moment. One thread owns it. */
final class Backoff {

    /** Each delay is this much shorter or longer at most, as a fraction. */
    private static final double JITTER = 0.2;

    private final long firstMillis;
    private final long maxMillis;
    private final RandomGenerator random;
    private long millis;

    Backoff(Pace pace, RandomGenerator random) {
        this.firstMillis = pace.firstRetryMillis();
        this.maxMillis = pace.lastRetryMillis();
        this.random = random;
        this.millis = firstMillis;
    }

    long nextMillis() {
        double spread = 1 - JITTER + 2 * JITTER * random.nextDouble();
        long delayMillis = Math.round(millis * spread);
        millis = Math.min(maxMillis, millis * 2);
        return delayMillis;
    }

    void reset() {
        millis = firstMillis;
    }
}
