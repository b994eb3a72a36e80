package io.halcyon.vrrp.protocol;

import io.halcyon.vrrp.protocol.Effect.Announce;
import io.halcyon.vrrp.protocol.Effect.Announce.Occasion;
import java.util.List;

/** When a master announces its addresses. Owned by its {@link VirtualRouter}. */
final class GarpSchedule {

    private static final long NEVER = Long.MAX_VALUE;

    private GarpConfig config = GarpConfig.DEFAULT;
    private long secondBurstNanos = NEVER;
    private long lowerPriorityNanos = NEVER;
    private long refreshNanos = NEVER;

    /** First burst now, second burst and refresh later. */
    void begin(Occasion occasion, GarpConfig current, long now, List<Effect> out) {
        config = current;
        out.add(new Announce(occasion, config.repeat()));
        secondBurstNanos = after(now, config.delayNanos());
        refreshNanos = after(now, config.refreshNanos());
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
    }

    long deadline() {
        return Math.min(secondBurstNanos, Math.min(lowerPriorityNanos, refreshNanos));
    }

    void due(long now, List<Effect> out) {
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
    }

    private static long after(long now, long delayNanos) {
        return delayNanos > 0 ? now + delayNanos : NEVER;
    }
}
