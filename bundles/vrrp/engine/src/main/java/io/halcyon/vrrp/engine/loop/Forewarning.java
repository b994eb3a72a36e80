package io.halcyon.vrrp.engine.loop;

import java.util.List;

/**
 * Has a takeover rehearsed just before it is due: threads that slept and code that did not run for long are slower by
 * milliseconds than what ran a moment ago, and on a busy machine by tens of them. The moment never comes as long as a master is
 * heard; only the very first rehearsal, which takes longest, is held as soon as somebody might take over one day, and some more
 * after it: the JVM compiles what was called a few times, but not while it has much else to compile, as after a start, and
 * the first takeover has no processor to spare for that. Owned by the loop.
 */
final class Forewarning {

    /** What a rehearsal takes where everything has to be fetched from far away. */
    private static final long LEAD_NANOS = 15_000_000;

    /** One that took longer last time begins as much earlier; what it warmed is used again nearer to the moment. */
    private static final int LEADS_PER_REHEARSAL = 2;

    /** It takes less where an interval is so short that nothing has gone far. */
    private static final int LEADS_PER_INTERVAL = 4;

    /** Routers whose master died together take over together, and one rehearsal is enough for all. */
    private static final long PAUSE_NANOS = 30_000_000;

    /** Methods are compiled after eight calls, or more while others wait for that. */
    private static final int LESSONS = 12;

    private static final long LESSON_NANOS = 30_000_000;

    private static final long NEVER = Long.MAX_VALUE;

    private boolean near;
    private boolean begun;
    private int lessons;
    private long lastNanos;
    private long tookNanos;

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
        if (!begun) {
            forewarn(next);
        }
        if (now < takeoverNanos - leadNanos(next)) {
            return Math.min(lesson(next, now), takeoverNanos - leadNanos(next));
        }
        near = true;
        if (now < takeoverNanos && now - lastNanos >= PAUSE_NANOS) {
            forewarn(next);
        }
        // It may have taken less than the last one: then there is time for another, nearer to the moment.
        long again = takeoverNanos - leadNanos(next);
        return again > lastNanos + PAUSE_NANOS ? again : NEVER;
    }

    /** Has one held if it is time; returns when the next one is due. */
    private long lesson(LoopRouter router, long now) {
        if (lessons < LESSONS && now - lastNanos >= LESSON_NANOS) {
            lessons++;
            lastNanos = router.nowNanos();
            router.practise();
        }
        return lessons < LESSONS ? lastNanos + LESSON_NANOS : NEVER;
    }

    private void forewarn(LoopRouter router) {
        begun = true;
        lastNanos = router.nowNanos();
        router.forewarn();
        tookNanos = router.nowNanos() - lastNanos;
    }

    /** Whether the last look found a takeover near. */
    boolean near() {
        return near;
    }

    private long leadNanos(LoopRouter router) {
        return Math.min(
                Math.max(LEAD_NANOS, LEADS_PER_REHEARSAL * tookNanos),
                router.parts().machine().advertIntervalNanos() / LEADS_PER_INTERVAL);
    }
}
