package io.halcyon.check.felix;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which health checks are meant. Immutable.
 *
 * @param names each is one
 * @param tags each is one that has them
 * @param without not those that have one of these
 * @param or whether one of the tags is enough
 */
record Selection(List<String> names, List<String> tags, List<String> without, boolean or) {

    Selection {
        names = List.copyOf(names);
        tags = List.copyOf(tags);
        without = List.copyOf(without);
    }

    boolean includes(String name, Set<String> itsTags) {
        if (names.contains(name)) {
            return true;
        }
        if (tags.isEmpty() || without.stream().anyMatch(itsTags::contains)) {
            return false;
        }
        return or ? tags.stream().anyMatch(itsTags::contains) : itsTags.containsAll(tags);
    }

    @Override
    public String toString() {
        var named = names.isEmpty() ? "" : "name " + String.join(", ", names);
        var tagged = tags.isEmpty() ? "" : "tags " + String.join(or ? " or " : ", ", shownTags());
        return named.isEmpty() || tagged.isEmpty() ? named + tagged : named + " or " + tagged;
    }

    private List<String> shownTags() {
        var shown = new ArrayList<>(tags);
        without.forEach(tag -> shown.add("-" + tag));
        return shown;
    }
}
