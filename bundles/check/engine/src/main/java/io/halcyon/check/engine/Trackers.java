package io.halcyon.check.engine;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.TrackedChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows who tracks which check. Thread-safe. */
final class Trackers {

    static final String UNTRACKED = "nobody tracks this check: its verdict changes nothing";

    private final Set<TrackedChecks> sources = ConcurrentHashMap.newKeySet();

    void add(TrackedChecks source) {
        sources.add(source);
    }

    void remove(TrackedChecks source) {
        sources.remove(source);
    }

    /** Whether nobody tracks it, as far as anybody who tracks is there to be asked. */
    boolean isUntracked(String name) {
        return !sources.isEmpty() && trackersOf(name).isEmpty();
    }

    /** The status with its trackers, and with a warning if there are none. */
    CheckStatus complete(CheckStatus status) {
        var warnings = new ArrayList<>(status.warnings());
        if (isUntracked(status.name())) {
            warnings.add(UNTRACKED);
        }
        return new CheckStatus(
                status.name(),
                status.type(),
                status.verdict(),
                status.state(),
                status.intervalMillis(),
                status.timeoutMillis(),
                status.rise(),
                status.fall(),
                status.streak(),
                status.lastHealth(),
                status.lastReason(),
                status.lastAt(),
                status.latencyMillis(),
                status.details(),
                trackersOf(status.name()),
                status.counters(),
                warnings);
    }

    private List<String> trackersOf(String name) {
        return sources.stream()
                .flatMap(source -> source.trackedChecks().getOrDefault(name, List.of()).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
