package io.halcyon.vrrp.engine.loop;

import java.util.List;

/**
 * Has a takeover rehearsed just before it is due: threads that slept and code that did not run for long are slower by
 * a millisecond than what ran a moment ago. The moment never comes as long as a master is heard. Owned by the loop.
 */
final class Forewarning {

    /** What a rehearsal takes where everything has to be fetched from far away. */
    private static final long LEAD_NANOS = 15_000_000;

    /** It takes less where an interval is so short that nothing has gone far. */
    private static final int LEADS_PER_INTERVAL = 4;

    /** Routers whose master died together take over together, and one rehearsal is enough for all. */
    private static final long PAUSE_NANOS = 30_000_000;

    private static final long NEVER = Long.MAX_VALUE;

    private boolean near;
    private boolean begun;
    private long lastNanos;

    /** Forewarns whose takeover is next, if it is near; returns when to look again. */
    long look(List<LoopRouter> routers, long now) {
        LoopRouter next = null;
        long takeoverNanos = NEVER;
        for (LoopRouter router : routers) {
            if (router.parts().machine().takeoverNanos() < takeoverNanos) {
                next = router;
                takeoverNanos = router.parts().machine().takeoverNanos();
            }
        }
        near = false;
        if (next == null) {
            return NEVER;
        }
        long beginNanos = takeoverNanos - leadNanos(next);
        if (now < beginNanos) {
            return beginNanos;
        }
        near = true;
        if (now < takeoverNanos && (!begun || now - lastNanos >= PAUSE_NANOS)) {
            begun = true;
            lastNanos = now;
            next.forewarn();
        }
        return NEVER;
    }

    /** Whether the last look found a takeover near. */
    boolean near() {
        return near;
    }

    private static long leadNanos(LoopRouter router) {
        return Math.min(LEAD_NANOS, router.parts().machine().advertIntervalNanos() / LEADS_PER_INTERVAL);
    }
}
