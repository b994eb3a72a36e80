package io.halcyon.api.event;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody wants. Immutable; everything is wanted that nothing here excludes.
 *
 * @param kinds wanted kinds, empty for all
 * @param least least severity
 * @param objects patterns of objects' names, where {@code *} is any text and {@code ?} any character; one that begins with
 *     {@code !} excludes. Empty for all; with exclusions only, everything else is wanted
 * @param since not before this moment, null for no limit
 */
public record EventFilter(Set<EventKind> kinds, Severity least, List<String> objects, @Nullable Instant since) {

    /** Every event. */
    public static final EventFilter ALL = new EventFilter(Set.of(), Severity.INFO, List.of(), null);

    public EventFilter {
        kinds = Set.copyOf(kinds);
        objects = List.copyOf(objects);
    }

    /** Whether an event is wanted. */
    public boolean matches(EventRecord record) {
        var event = record.event();
        return (kinds.isEmpty() || kinds.contains(event.kind()))
                && event.severity().compareTo(least) >= 0
                && (since == null || !record.at().isBefore(since))
                && wantsObject(event.object());
    }

    private boolean wantsObject(String name) {
        boolean asked = false;
        boolean wanted = false;
        // Many may be asked for each event: nothing here makes garbage.
        for (int i = 0; i < objects.size(); i++) {
            String pattern = objects.get(i);
            if (pattern.startsWith("!")) {
                if (fits(pattern, 1, name)) {
                    return false;
                }
            } else {
                asked = true;
                wanted = wanted || fits(pattern, 0, name);
            }
        }
        return wanted || !asked;
    }

    /** Whether a name is what a pattern says from that place on. */
    private static boolean fits(String pattern, int from, String name) {
        int at = from;
        int place = 0;
        int star = -1;
        int starPlace = 0;
        while (place < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                starPlace = place;
            } else if (at < pattern.length() && pattern.charAt(at) == '?') {
                at++;
                place = name.offsetByCodePoints(place, 1);
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(place)) {
                at++;
                place++;
            } else if (star >= 0) {
                // The last star takes one character more.
                at = star + 1;
                starPlace = name.offsetByCodePoints(starPlace, 1);
                place = starPlace;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
