package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Router;
import java.util.List;

/**
 * A protocol version and an interval at which all faults are tried.
 *
 * @param home the router as the preferred host runs it
 * @param lateMillis how much later than master-down a takeover may come
 * @param stopsLoseNothing whether a planned stop must not lose a probe
 * @param rounds how often all phases are tried; more than once where the client's millisecond is a large part of the whole
 */
record Pace(String title, Router home, double lateMillis, boolean stopsLoseNothing, int rounds) {

    static final String VIP = "192.168.88.50";

    static final List<Pace> ALL = List.of(
            new Pace("1 s", Router.version2(51, 100, VIP), 5, true, 1),
            new Pace("0.1 s", Router.version3(51, 100, VIP), 5, true, 1),
            new Pace("0.01 s", Router.version3(51, 100, VIP).withInterval("0.01"), 15, false, 2));

    /** That which is tried with the other transport, too. */
    static final Pace MIDDLE = ALL.get(1);

    /** That at which daemons sleep longest and wake least prepared. */
    static final Pace SLOWEST = ALL.get(0);

    Pace titled(String other) {
        return new Pace(other, home, lateMillis, stopsLoseNothing, rounds);
    }

    /** The router as the other host runs it. */
    Router away() {
        return home.withPriority(90);
    }

    long intervalNanos() {
        return Math.round(home.intervalMillis() * 1e6);
    }
}
