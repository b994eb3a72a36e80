package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.event.Severity;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which events somebody wants to see, as typed. */
final class Filters {

    private Filters() {}

    /** Each is empty where it was not given. */
    static EventFilter of(String kinds, String severity, String objects, String since, Instant now) {
        return new EventFilter(
                kinds(kinds),
                severity.isEmpty() ? Severity.INFO : severity(severity),
                words(objects),
                since.isEmpty() ? null : Words.moment("--since", since, now));
    }

    private static Set<EventKind> kinds(String typed) {
        Set<EventKind> kinds = new HashSet<>();
        for (String word : words(typed)) {
            kinds.add(EventKind.ofWord(word.toLowerCase(Locale.ROOT))
                    .filter(kind -> EventKind.words().contains(kind.word()))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--kind " + word + " is refused: allowed is " + String.join(", ", EventKind.words()))));
        }
        return kinds;
    }

    private static Severity severity(String typed) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.name().equalsIgnoreCase(typed))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--severity " + typed + " is refused: allowed is info, warning or critical"));
    }

    private static List<String> words(String typed) {
        return Arrays.stream(typed.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
