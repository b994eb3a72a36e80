package io.halcyon.check.engine;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.TrackedChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
        return now().isUntracked(name);
    }

    /** The status with its trackers, and with a warning if there are none. */
    CheckStatus complete(CheckStatus status) {
        return now().complete(status);
    }

    /** All at this moment: asked once for any number of checks. */
    Book now() {
        var book = new TreeMap<String, Set<String>>();
        for (var source : sources) {
            source.trackedChecks().forEach((check, trackers) -> book.computeIfAbsent(check, name -> new TreeSet<>())
                    .addAll(trackers));
        }
        return new Book(book, !sources.isEmpty());
    }

    /**
     * Who tracks what.
     *
     * @param trackers by check
     * @param asked whether anybody was there to be asked
     */
    record Book(Map<String, Set<String>> trackers, boolean asked) {

        boolean isUntracked(String name) {
            return asked && !trackers.containsKey(name);
        }

        CheckStatus complete(CheckStatus status) {
            var warnings = new ArrayList<>(status.warnings());
            if (isUntracked(status.name())) {
                warnings.add(UNTRACKED);
            }
            return status.trackedBy(List.copyOf(trackers.getOrDefault(status.name(), Set.of())), warnings);
        }
    }
}
