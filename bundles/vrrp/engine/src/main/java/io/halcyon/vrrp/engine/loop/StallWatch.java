package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.host.Host;

/** Tells whether it matters to one router that the loop slept. Owned by the loop. */
final class StallWatch {

    private static final long SHORTEST_NANOS = 50_000_000L;

    private final Host host;
    private long startBoottimeNanos;
    private boolean lasts;

    StallWatch(Host host) {
        this.host = host;
    }

    /** The router lives from here on. */
    void begin() {
        startBoottimeNanos = host.boottimeNanos();
    }

    /** Whether a stall begins with this lateness, which lasts until {@link #over}. */
    boolean isOne(long lateNanos, long intervalNanos) {
        // By the clock that goes on while the machine sleeps, or a sleep longer than our life is none.
        boolean begunBefore = host.boottimeNanos() - lateNanos >= startBoottimeNanos;
        boolean matters = lateNanos >= Math.max(intervalNanos, SHORTEST_NANOS);
        lasts |= begunBefore && matters;
        return begunBefore && matters;
    }

    /** Ends it; returns whether there was one. */
    boolean over() {
        boolean was = lasts;
        lasts = false;
        return was;
    }
}
