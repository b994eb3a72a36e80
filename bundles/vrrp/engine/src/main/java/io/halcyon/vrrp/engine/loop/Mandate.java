package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.host.Host;

/**
 * How long a master may do what it is about to do: after its last advertisement until a peer may be master as well. A process
 * that stood still in the middle of it looks here before it goes on. Written by the loop, read on any thread.
 */
final class Mandate {

    private static final long SHORTEST_NANOS = 20_000_000L;

    private final Host host;
    private volatile long untilNanos;

    /** None so far. */
    Mandate(Host host) {
        this.host = host;
    }

    /**
     * Begins now, with an advertisement or a takeover.
     *
     * @return when it is over, as {@link Host#boottimeNanos()} counts
     */
    long begin(long intervalNanos, int downTimerAdverts) {
        // With down.timer.adverts = 1 a peer is master after little more than one interval.
        long intervals = Math.min(2, downTimerAdverts);
        untilNanos = host.boottimeNanos() + Math.max(intervals * intervalNanos, SHORTEST_NANOS);
        return untilNanos;
    }

    boolean isOver() {
        return host.boottimeNanos() > untilNanos;
    }
}
