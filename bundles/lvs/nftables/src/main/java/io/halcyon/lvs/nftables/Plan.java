package io.halcyon.lvs.nftables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the kernel should have of one service, or of what all services share. One owner. */
final class Plan {

    private final Map<String, List<Rule>> chains = new LinkedHashMap<>();
    private final Map<String, String> hooks = new LinkedHashMap<>();
    private final Set<String> counters = new LinkedHashSet<>();
    private final Map<String, String> sets = new LinkedHashMap<>();
    private @Nullable Part part;

    /** A chain that others go to. */
    void chain(String name) {
        hooked(name, "");
    }

    /** A chain that the kernel goes to. */
    void hooked(String name, String hook) {
        chains.put(name, new ArrayList<>());
        hooks.put(name, hook);
    }

    void rule(String chain, Rule rule) {
        chains.getOrDefault(chain, new ArrayList<>()).add(rule);
    }

    void counter(String name) {
        counters.add(name);
    }

    void set(String name, String definition) {
        sets.put(name, definition);
    }

    Map<String, List<Rule>> chains() {
        return chains;
    }

    String hook(String chain) {
        return hooks.getOrDefault(chain, "");
    }

    Set<String> counters() {
        return counters;
    }

    Map<String, String> sets() {
        return sets;
    }

    /** What the kernel has when it has all this; the plan does not change any more. */
    Part part() {
        var made = part;
        if (made == null) {
            made = makePart();
            part = made;
        }
        return made;
    }

    private Part makePart() {
        var all = Part.empty();
        chains.forEach((name, rules) ->
                all.chains().put(name, rules.stream().map(Rule::mark).toList()));
        all.counters().addAll(counters);
        all.sets().addAll(sets.keySet());
        return all;
    }
}
