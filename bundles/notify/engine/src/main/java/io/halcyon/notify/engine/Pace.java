package io.halcyon.notify.engine;

/**
 * How patient the engine is.
 *
 * @param firstRetryMillis delay after the first failed attempt; it doubles with each further one
 * @param lastRetryMillis where doubling ends
 * @param deliveryMillis limit of one attempt, after which it is interrupted
 * @param trialMillis how long somebody who asked for a trial waits
 * @param leaveMillis how long a bundle that goes away waits for a delivery in progress
 * @param farewellMillis how long the engine goes on delivering when it is stopped
 */
record Pace(
        long firstRetryMillis,
        long lastRetryMillis,
        long deliveryMillis,
        long trialMillis,
        long leaveMillis,
        long farewellMillis) {

    static final Pace USUAL = new Pace(1_000, 60_000, 60_000, 35_000, 2_000, 3_000);
}
