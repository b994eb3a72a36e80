package io.halcyon.vrrp.protocol;

import io.halcyon.vrrp.protocol.Effect.Announce;
import io.halcyon.vrrp.protocol.Effect.Announce.Occasion;
import java.util.List;

/** When a master announces its addresses. Owned by its {@link VirtualRouter}. */
final class GarpSchedule {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long OUTLAST_PERIOD_NANOS = 1_000_000_000L;

    /**
     * Pauses before further announcements when the master before gave up: it may need some 50 ms to be silent on a busy machine,
     * and has removed the addresses after 550 ms at most.
     */
    private static final long FIRST_LEAVING_PAUSE_NANOS = 50_000_000L;

    private static final long LAST_LEAVING_PAUSE_NANOS = 8 * FIRST_LEAVING_PAUSE_NANOS;

    private GarpConfig config = GarpConfig.DEFAULT;
    private long secondBurstNanos = NEVER;
    private long lowerPriorityNanos = NEVER;
    private long refreshNanos = NEVER;
    private long outlastNanos = NEVER;
    private long outlastEndNanos;
    private long leavingNanos = NEVER;
    private long leavingPauseNanos;

    /** First burst now, second burst and refresh later. */
    void begin(Occasion occasion, GarpConfig current, long now, List<Effect> out) {
        config = current;
        out.add(new Announce(occasion, config.repeat()));
        secondBurstNanos = after(now, config.delayNanos());
        refreshNanos = after(now, config.refreshNanos());
    }

    /** Each second until nobody else's kernel can answer any more: whoever resolves an address anew may hear the dead. */
    void outlast(long now, GarpConfig current) {
        outlastEndNanos = now + current.deadLeaseNanos();
        outlastNanos = current.deadLeaseNanos() > 0 ? now + OUTLAST_PERIOD_NANOS : NEVER;
    }

    /** Some more times, with doubling pauses: whoever resolves an address anew may hear the one that leaves. */
    void outlastLeaving(long now) {
        leavingPauseNanos = FIRST_LEAVING_PAUSE_NANOS;
        leavingNanos = now + leavingPauseNanos;
    }

    /** Another node claimed the addresses: says again whose they are. */
    void lowerPriorityHeard(long now, List<Effect> out) {
        if (config.lowerPriorityRepeat() > 0) {
            out.add(new Announce(Occasion.LOWER_PRIORITY_HEARD, config.lowerPriorityRepeat()));
            lowerPriorityNanos = after(now, config.lowerPriorityDelayNanos());
        }
    }

    /** Bursts that are due already keep their time. */
    void reconfigure(GarpConfig next) {
        config = next;
    }

    void end() {
        secondBurstNanos = NEVER;
        lowerPriorityNanos = NEVER;
        refreshNanos = NEVER;
        outlastNanos = NEVER;
        leavingNanos = NEVER;
    }

    long deadline() {
        long outlast = Math.min(outlastNanos, leavingNanos);
        return Math.min(Math.min(secondBurstNanos, outlast), Math.min(lowerPriorityNanos, refreshNanos));
    }

    void due(long now, List<Effect> out) {
        leavingDue(now, out);
        if (secondBurstNanos <= now) {
            secondBurstNanos = NEVER;
            out.add(new Announce(Occasion.SECOND_BURST, config.repeat()));
        }
        if (lowerPriorityNanos <= now) {
            lowerPriorityNanos = NEVER;
            out.add(new Announce(Occasion.LOWER_PRIORITY_SECOND_BURST, Math.max(1, config.lowerPriorityRepeat())));
        }
        if (refreshNanos <= now) {
            refreshNanos = after(now, config.refreshNanos());
            out.add(new Announce(Occasion.REFRESH, config.refreshRepeat()));
        }
        if (outlastNanos <= now) {
            outlastNanos = now < outlastEndNanos ? now + OUTLAST_PERIOD_NANOS : NEVER;
            out.add(new Announce(Occasion.DEAD_MASTERS_LEASE, 1));
        }
    }

    private void leavingDue(long now, List<Effect> out) {
        if (leavingNanos <= now) {
            leavingPauseNanos *= 2;
            leavingNanos = leavingPauseNanos > LAST_LEAVING_PAUSE_NANOS ? NEVER : now + leavingPauseNanos;
            out.add(new Announce(Occasion.LEAVING_MASTER, 1));
        }
    }

    private static long after(long now, long delayNanos) {
        return delayNanos > 0 ? now + delayNanos : NEVER;
    }
}
