package io.halcyon.notify.engine;

/**
 * How patient the engine is with people and bundles.
 *
 * @param trialMillis how long somebody who asked for a trial waits
 * @param leaveMillis how long a bundle that goes away waits for a delivery in progress
 * @param farewellMillis how long the engine goes on delivering when it is stopped
 */
record Pace(long trialMillis, long leaveMillis, long farewellMillis) {

    static final Pace USUAL = new Pace(35_000, 2_000, 3_000);
}
