package io.halcyon.lvs.nftables;

import java.util.concurrent.TimeUnit;

/** When what failed is tried again: soon, and then less and less often. One owner. */
final class Patience {

    static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(2);
    static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private long pauseNanos = SHORTEST_NANOS;
    private long dueNanos = System.nanoTime();

    boolean isOver(long nowNanos) {
        return nowNanos - dueNanos >= 0;
    }

    void failed(long nowNanos) {
        dueNanos = nowNanos + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_NANOS);
    }

    void succeeded(long nowNanos) {
        pauseNanos = SHORTEST_NANOS;
        dueNanos = nowNanos;
    }
}
