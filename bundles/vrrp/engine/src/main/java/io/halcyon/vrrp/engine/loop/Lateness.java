package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.host.Host;

/** How much later than planned the loop woke. Owned by the loop. */
final class Lateness {

    private final Host host;
    private long plannedWakeNanos = Long.MAX_VALUE;
    private long bootAheadNanos;

    Lateness(Host host) {
        this.host = host;
        bootAheadNanos = host.boottimeNanos() - host.monotonicNanos();
    }

    void planned(long wakeNanos) {
        plannedWakeNanos = wakeNanos;
    }

    /** From where on the next lateness counts; a suspended machine shows only on the clock that goes on. */
    long nanos() {
        long now = host.monotonicNanos();
        long ahead = host.boottimeNanos() - now;
        long suspended = ahead - bootAheadNanos;
        bootAheadNanos = ahead;
        long late = plannedWakeNanos == Long.MAX_VALUE ? 0 : now - plannedWakeNanos;
        plannedWakeNanos = now;
        return Math.max(late, suspended);
    }
}
