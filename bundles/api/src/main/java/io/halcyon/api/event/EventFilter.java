package io.halcyon.api.event;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        for (String pattern : objects) {
            if (pattern.startsWith("!")) {
                if (fits(pattern.substring(1), name)) {
                    return false;
                }
            } else {
                asked = true;
                wanted |= fits(pattern, name);
            }
        }
        return wanted || !asked;
    }

    private static boolean fits(String pattern, String name) {
        // A name in most cases; many may be asked for each event.
        if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
            return pattern.equals(name);
        }
        String expression = pattern.chars().mapToObj(EventFilter::expression).collect(Collectors.joining());
        return Pattern.compile(expression, Pattern.DOTALL).matcher(name).matches();
    }

    private static String expression(int character) {
        return switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(character));
        };
    }
}
