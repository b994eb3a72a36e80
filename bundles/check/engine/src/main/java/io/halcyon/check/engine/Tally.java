package io.halcyon.check.engine;

import java.util.Map;
import java.util.TreeMap;

/** What happened to one check so far. Owned by the loop thread. */
final class Tally {

    private long runs;
    private long failures;
    private long timeouts;
    private long skipped;

    void run() {
        runs++;
    }

    void failure() {
        failures++;
    }

    void timeout() {
        timeouts++;
    }

    void skipped(long starts) {
        skipped += starts;
    }

    Map<String, Long> counters() {
        return new TreeMap<>(Map.of("runs", runs, "failures", failures, "timeouts", timeouts, "skipped", skipped));
    }
}
