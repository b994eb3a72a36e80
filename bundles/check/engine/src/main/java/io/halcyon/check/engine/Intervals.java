package io.halcyon.check.engine;

import io.halcyon.api.check.Health;

/**
 * How long from one start to the next, by what is known of the thing.
 *
 * @param upNanos while the results agree that it works
 * @param downNanos while they agree that it does not, or that nobody knows
 * @param changingNanos while they contradict the verdict, and while the check flaps
 * @param backoff factor for each further result that agrees that it does not work, 1 for none
 * @param downMaxNanos how long that may become
 */
record Intervals(long upNanos, long downNanos, long changingNanos, double backoff, long downMaxNanos) {

    private static final long SECOND = 1_000_000_000;

    /** As a check has it of which nothing is said. */
    static final Intervals EVERY_SECOND = new Intervals(SECOND, SECOND, SECOND, 1, SECOND);

    /**
     * The one to use now.
     *
     * @param counted what the results made of it
     * @param changing whether the last result contradicts that, or the check flaps
     * @param confirmed results in a row that agreed, besides the first
     */
    long nanos(Health counted, boolean changing, int confirmed) {
        if (changing) {
            return changingNanos;
        }
        if (RiseAndFall.isSuccess(counted)) {
            return upNanos;
        }
        double wanted = downNanos * Math.pow(backoff, Math.max(0, confirmed));
        return backoff == 1 ? downNanos : wanted < (double) downMaxNanos ? (long) wanted : downMaxNanos;
    }

    long shortestNanos() {
        return Math.min(upNanos, Math.min(downNanos, changingNanos));
    }
}
