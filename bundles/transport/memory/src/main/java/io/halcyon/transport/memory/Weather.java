package io.halcyon.transport.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Decides whether, how often and when a frame arrives. Not thread-safe: the LAN's lock guards it. */
final class Weather {

    private record Way(String from, String to) {}

    private final SplittableRandom random;
    private final Map<Way, Conditions> conditions = new HashMap<>();
    private final Map<Way, Long> lastArrival = new HashMap<>();
    private final Set<Way> cuts = new HashSet<>();
    private final List<Set<String>> islands = new ArrayList<>();
    private Conditions usual = Conditions.PERFECT;

    Weather(long seed) {
        random = new SplittableRandom(seed);
    }

    void everywhere(Conditions value) {
        usual = value;
        conditions.clear();
    }

    void between(String from, String to, Conditions value) {
        conditions.put(new Way(from, to), value);
    }

    void cut(String from, String to) {
        cuts.add(new Way(from, to));
    }

    void island(Collection<String> nodes) {
        islands.add(Set.copyOf(nodes));
    }

    void heal() {
        cuts.clear();
        islands.clear();
    }

    /** Times of arrival of a frame that is sent now: none, one or two. */
    List<Long> arrivals(String from, String to, long now) {
        Way way = new Way(from, to);
        Conditions here = conditions.getOrDefault(way, usual);
        if (parted(way) || draw(here.loss())) {
            return List.of();
        }
        List<Long> arrivals = new ArrayList<>(2);
        arrivals.add(arrival(way, here, now));
        if (draw(here.duplication())) {
            arrivals.add(arrival(way, here, now));
        }
        return arrivals;
    }

    private boolean parted(Way way) {
        return cuts.contains(way)
                || islands.stream().anyMatch(island -> island.contains(way.from()) != island.contains(way.to()));
    }

    private boolean draw(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private long arrival(Way way, Conditions here, long now) {
        long spread = here.maxDelayNanos() - here.minDelayNanos();
        long arrival = now + here.minDelayNanos() + (spread == 0 ? 0 : random.nextLong(spread + 1));
        if (!here.reordering()) {
            arrival = Math.max(arrival, lastArrival.getOrDefault(way, arrival));
        }
        lastArrival.put(way, arrival);
        return arrival;
    }
}
