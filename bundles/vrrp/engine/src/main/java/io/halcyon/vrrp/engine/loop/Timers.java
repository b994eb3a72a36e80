package io.halcyon.vrrp.engine.loop;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deadlines of all routers. Owned by the loop. */
final class Timers {

    private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
    private static final long PAUSE_AFTER_DEFECT_NANOS = 1_000_000_000L;

    /** To wake takes a thread some 0.1 ms, each time another: within an interval as short as that, it counts. */
    private static final long SHORT_INTERVAL_NANOS = 10_000_000L;

    private static final long AWAKE_NANOS = 200_000L;

    private final Supplier<List<LoopRouter>> routers;
    private final Forewarning forewarning = new Forewarning();
    private boolean hurried;

    /** Of whatever routers there are at that moment. */
    Timers(Supplier<List<LoopRouter>> routers) {
        this.routers = routers;
    }

    /** Fires what is due and says what comes next. */
    long fire(long now) {
        long next = Long.MAX_VALUE;
        Set<LoopRouter> defective = Set.of();
        for (LoopRouter router : routers.get()) {
            if (router.deadline() <= now && !fire(router)) {
                next = now + PAUSE_AFTER_DEFECT_NANOS;
                defective = Set.of(router);
            }
        }
        // Anew, because a timer may have started or ended a router.
        hurried = false;
        for (LoopRouter router : routers.get()) {
            hurried |= router.parts().machine().advertIntervalNanos() <= SHORT_INTERVAL_NANOS;
            if (!defective.contains(router)) {
                next = Math.min(next, router.deadline());
            }
        }
        return Math.min(next, forewarning.look(routers.get(), now));
    }

    /**
     * For how long before a deadline nobody should sleep: where a takeover is near, and, which costs 2 % of a processor, where
     * the interval is the shortest there is.
     */
    long awakeNanos() {
        return hurried || forewarning.near() ? AWAKE_NANOS : 0;
    }

    /** One router's defect must not keep the others from advertising. */
    private static boolean fire(LoopRouter router) {
        try {
            router.timer();
            return true;
        } catch (RuntimeException | AssertionError e) {
            LOG.error("{} timer failed", router.settings().name(), e);
            return false;
        }
    }
}
