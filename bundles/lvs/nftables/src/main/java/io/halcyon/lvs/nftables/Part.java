package io.halcyon.lvs.nftables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the kernel has of one service, or of what all services share.
 *
 * @param chains names, and the marks of their rules in order
 * @param counters names
 * @param sets names
 */
record Part(Map<String, List<String>> chains, Set<String> counters, Set<String> sets) {

    private static final int MOST_WORDS = 3;

    static final Part NONE = new Part(Map.of(), Set.of(), Set.of());

    /** One to be filled. */
    static Part empty() {
        return new Part(new HashMap<>(), new HashSet<>(), new HashSet<>());
    }

    void addRule(String chain, String mark) {
        chains.computeIfAbsent(chain, name -> new ArrayList<>()).add(mark);
    }

    /** Whether whoever asks for the service finds it. */
    boolean hasChooser() {
        return chains.keySet().stream().anyMatch(chain -> chain.startsWith(Names.CHOOSER));
    }

    /** In what it differs from what it should be, in a few words; empty if it does not. */
    String differences(Part wanted) {
        var words = new ArrayList<String>();
        wanted.chains().forEach((name, marks) -> {
            var found = chains.get(name);
            if (found == null) {
                words.add("chain " + name + " was gone");
            } else if (!found.equals(marks)) {
                words.add("chain " + name + " had other rules");
            }
        });
        missing(wanted.counters(), counters).forEach(name -> words.add("counter " + name + " was gone"));
        missing(wanted.sets(), sets).forEach(name -> words.add("set " + name + " was gone"));
        missing(chains.keySet(), wanted.chains().keySet())
                .forEach(name -> words.add("chain " + name + " was too much"));
        return words.size() <= MOST_WORDS
                ? String.join(", ", words)
                : String.join(", ", words.subList(0, MOST_WORDS)) + " and " + (words.size() - MOST_WORDS) + " more";
    }

    private static List<String> missing(Set<String> names, Set<String> where) {
        return names.stream().filter(name -> !where.contains(name)).sorted().toList();
    }
}
