package io.halcyon.check.composite;

import io.halcyon.api.check.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All verdicts, and who looks at whom. Thread-safe. */
final class Composites {

    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
    /** Those that run; one that is only made to see whether its keys are taken never does. */
    private final Map<String, CompositeCheck> running = new ConcurrentHashMap<>();

    void tell(Verdict verdict) {
        verdicts.put(verdict.name(), verdict);
    }

    void forget(String name) {
        verdicts.remove(name);
    }

    @Nullable
    Verdict verdict(String name) {
        return verdicts.get(name);
    }

    void runs(CompositeCheck check) {
        running.put(check.name(), check);
    }

    /** Unless another one of that name took its place. */
    void ended(CompositeCheck check) {
        running.remove(check.name(), check);
    }

    /** Composites by the checks that they look at. */
    Map<String, List<String>> trackers() {
        var trackers = new HashMap<String, List<String>>();
        running.values().forEach(check -> check.members()
                .forEach(member -> trackers.computeIfAbsent(member.name(), name -> new ArrayList<>())
                        .add(check.name())));
        return trackers;
    }

    /** The way by which a composite would look at itself, empty if there is none. */
    List<String> circle(String name) {
        var way = new ArrayDeque<String>(List.of(name));
        return leadsBack(name, name, way, new HashSet<>()) ? List.copyOf(way) : Collections.emptyList();
    }

    private boolean leadsBack(String name, String home, Deque<String> way, Set<String> seen) {
        var check = running.get(name);
        if (check == null) {
            return false;
        }
        for (var member : check.members()) {
            way.addLast(member.name());
            if (member.name().equals(home) || (seen.add(member.name()) && leadsBack(member.name(), home, way, seen))) {
                return true;
            }
            way.removeLast();
        }
        return false;
    }
}
