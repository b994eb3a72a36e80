package io.halcyon.lvs.engine;

import io.halcyon.api.check.Verdict;
import io.halcyon.lvs.engine.server.ServerSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What checks say, and who wants to hear it. Owned by the loop thread, but for {@link #trackers}. */
final class Verdicts {

    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final Map<String, Set<Hosted>> listeners = new HashMap<>();
    private final Map<Hosted, Set<String>> watched = new HashMap<>();
    private volatile Map<String, List<String>> trackers = Map.of();
    private boolean changed;

    /** Names of real servers, {@code web/web1}, by check. Any thread. */
    Map<String, List<String>> trackers() {
        return trackers;
    }

    /** Those who want to hear it. */
    List<Hosted> put(Verdict verdict) {
        verdicts.put(verdict.name(), verdict);
        return listeners(verdict.name());
    }

    /** Those who want to hear it. */
    List<Hosted> remove(String check) {
        verdicts.remove(check);
        return listeners(check);
    }

    /** Checks that have said something. */
    Set<String> names() {
        return Set.copyOf(verdicts.keySet());
    }

    /** What checks with a file say already, those that real servers are looked at with. */
    List<Verdict> known(ServerSettings settings) {
        return settings.realServers().stream()
                .flatMap(server -> server.trackedChecks().stream())
                .distinct()
                .map(verdicts::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Looks what a virtual server wants to hear now; what is known of that already. */
    List<Verdict> watch(Hosted server) {
        var now = server.machine().checks();
        var before = watched.getOrDefault(server, Set.of());
        if (now.equals(before)) {
            return List.of();
        }
        before.forEach(check -> unlisten(check, server));
        watched.put(server, Set.copyOf(now));
        var known = new ArrayList<Verdict>();
        for (var check : now) {
            listeners.computeIfAbsent(check, name -> new LinkedHashSet<>()).add(server);
            var verdict = verdicts.get(check);
            if (verdict != null && !before.contains(check)) {
                known.add(verdict);
            }
        }
        changed = true;
        return known;
    }

    void forget(Hosted server) {
        var before = watched.remove(server);
        if (before != null) {
            before.forEach(check -> unlisten(check, server));
            changed = true;
        }
    }

    private List<Hosted> listeners(String check) {
        return List.copyOf(listeners.getOrDefault(check, Set.of()));
    }

    private void unlisten(String check, Hosted server) {
        listeners.computeIfPresent(check, (name, all) -> {
            all.remove(server);
            return all.isEmpty() ? null : all;
        });
    }

    /** At the end of a turn. */
    void publish() {
        if (!changed) {
            return;
        }
        changed = false;
        var now = new TreeMap<String, TreeSet<String>>();
        for (var server : watched.keySet()) {
            for (var real : server.machine().state().servers()) {
                for (var check : real.checks()) {
                    now.computeIfAbsent(check, name -> new TreeSet<>()).add(server.name() + '/' + real.name());
                }
            }
        }
        var lists = new TreeMap<String, List<String>>();
        now.forEach((check, names) -> lists.put(check, List.copyOf(names)));
        trackers = lists;
    }
}
