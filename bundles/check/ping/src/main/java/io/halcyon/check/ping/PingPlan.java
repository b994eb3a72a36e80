package io.halcyon.check.ping;

/**
 * How one run asks, and what it makes of the answers. Immutable.
 *
 * @param count requests of one run
 * @param intervalNanos from one to the next
 * @param waitNanos after which one is lost
 * @param size octets of data
 * @param limits of what is good
 */
record PingPlan(int count, long intervalNanos, long waitNanos, int size, Limits limits) {

    /**
     * Times are in seconds, as they were written.
     *
     * @param repliesMin DOWN below
     * @param lossMax percentage; DEGRADED above
     * @param rttMax DEGRADED above, 0 for no limit
     * @param rttAvgMax DEGRADED above, 0 for no limit
     */
    record Limits(int repliesMin, double lossMax, double rttMax, double rttAvgMax) {}
}
