package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Times;

/**
 * The preferred master's return.
 *
 * @param mendedAt when the cause was gone; after a stop: when it was executed
 * @param firstAdvertAt its first advertisement since
 * @param overAt when it alone was master
 */
record Comeback(long mendedAt, long firstAdvertAt, long overAt) {

    double advertMillis() {
        return Times.millis(mendedAt, firstAdvertAt);
    }
}
