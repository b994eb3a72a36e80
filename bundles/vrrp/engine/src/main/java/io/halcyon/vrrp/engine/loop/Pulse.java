package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.host.Supervisor;

/**
 * Signs of life for whoever watches the process: from the loop and from nowhere else, so that a process whose loop stands
 * still is taken for dead. Owned by the loop.
 */
final class Pulse {

    /** A sign may be late or lost, and it is no harm to anybody. */
    private static final int SIGNS_PER_PATIENCE = 3;

    private final Supervisor supervisor;
    private final long periodNanos;
    private long nextNanos = Long.MIN_VALUE;

    Pulse(Supervisor supervisor) {
        this.supervisor = supervisor;
        periodNanos = supervisor.patienceNanos() / SIGNS_PER_PATIENCE;
    }

    /** Gives a sign if one is due; returns when the next one is, {@link Long#MAX_VALUE} for never. */
    long beat(long now) {
        if (periodNanos == 0) {
            return Long.MAX_VALUE;
        }
        if (nextNanos <= now) {
            supervisor.alive();
            nextNanos = now + periodNanos;
        }
        return nextNanos;
    }
}
