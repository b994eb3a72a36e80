package io.halcyon.lvs.engine;

import io.halcyon.api.lvs.Traffic;
import io.halcyon.spi.dataplane.Counters;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How fast counters grow: from one look to the next, at least a second later. Thread-safe. */
final class Rates {

    private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS_PER_SECOND = 1e9;

    private record Look(Counters counters, long nanos, Traffic traffic) {}

    private final Map<String, Look> looks = new HashMap<>();

    /** @param whose counters they are */
    synchronized Traffic of(String whose, Counters now, long nanos) {
        var before = looks.get(whose);
        if (before != null && nanos - before.nanos < SHORTEST_NANOS) {
            return traffic(now, before.traffic);
        }
        var traffic = before == null ? traffic(now, Traffic.NONE) : since(before, now, nanos - before.nanos);
        looks.put(whose, new Look(now, nanos, traffic));
        return traffic;
    }

    /** Forgets all others. */
    synchronized void keepOnly(Set<String> known) {
        looks.keySet().retainAll(known);
    }

    private static Traffic since(Look before, Counters now, long nanos) {
        var last = before.counters;
        double seconds = nanos / NANOS_PER_SECOND;
        return new Traffic(
                now.connections(),
                now.packetsIn(),
                now.packetsOut(),
                now.bytesIn(),
                now.bytesOut(),
                // An entry that was made anew begins with 0.
                Math.max(0, now.connections() - last.connections()) / seconds,
                Math.max(0, now.bytesIn() - last.bytesIn()) / seconds,
                Math.max(0, now.bytesOut() - last.bytesOut()) / seconds);
    }

    private static Traffic traffic(Counters now, Traffic rates) {
        return new Traffic(
                now.connections(),
                now.packetsIn(),
                now.packetsOut(),
                now.bytesIn(),
                now.bytesOut(),
                rates.connectionsPerSecond(),
                rates.bytesInPerSecond(),
                rates.bytesOutPerSecond());
    }
}
