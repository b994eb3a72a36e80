package io.halcyon.notify.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Figures of one notifier since the start. Thread-safe. */
final class Tally {

    // Guarded by this.
    private long delivered;
    private long failed;
    private long lost;
    private @Nullable Instant lastDelivery;
    private String lastError = "";

    /**
     * Figures at one moment.
     *
     * @param lastError empty if there was none
     */
    record Figures(long delivered, long failed, long lost, @Nullable Instant lastDelivery, String lastError) {}

    synchronized void delivered() {
        delivered++;
        lastDelivery = Instant.now();
    }

    synchronized void failed(String why) {
        failed++;
        lastError = why;
    }

    /** Counts events given up for good, and tells how many there are by now. */
    synchronized long lost(int events, String why) {
        lost += events;
        lastError = why;
        return lost;
    }

    synchronized void error(String what) {
        lastError = what;
    }

    synchronized Figures figures() {
        return new Figures(delivered, failed, lost, lastDelivery, lastError);
    }
}
