package io.halcyon.console.shell.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Small things in words: durations, lists, counters. */
final class Words {

    private Words() {}

    /** {@code 48s}, {@code 3m12s}, {@code 5h02m}, {@code 12d03h} since then; a dash for never. */
    static String since(@Nullable Instant then, Instant now) {
        if (then == null) {
            return "-";
        }
        Duration age = Duration.between(then, now);
        if (age.isNegative()) {
            age = Duration.ZERO;
        }
        if (age.toDays() > 0) {
            return String.format("%dd%02dh", age.toDays(), age.toHoursPart());
        }
        if (age.toHours() > 0) {
            return String.format("%dh%02dm", age.toHours(), age.toMinutesPart());
        }
        if (age.toMinutes() > 0) {
            return String.format("%dm%02ds", age.toMinutes(), age.toSecondsPart());
        }
        return age.toSeconds() + "s";
    }

    static String millis(long millis) {
        return millis < 0 ? "-" : millis + " ms";
    }

    static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }

    static String list(List<String> words) {
        return words.isEmpty() ? "-" : String.join(", ", words);
    }

    /** {@code a 1, b 2}, by name, without those that are zero. */
    static String counters(Map<String, Long> counters) {
        return list(new TreeMap<>(counters)
                .entrySet().stream()
                        .filter(counter -> counter.getValue() != 0)
                        .map(counter -> counter.getKey() + " " + counter.getValue())
                        .toList());
    }

    /** One indented line each, under a heading; nothing at all if there are none. */
    static String section(String heading, List<String> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("\n").append(heading).append('\n');
        for (String line : lines) {
            text.append("  - ")
                    .append(String.join("\n    ", Table.wrapped(line, Table.WIDTH - 4)))
                    .append('\n');
        }
        return text.toString();
    }

    /** A table under a heading; nothing at all if it is empty. */
    static String section(String heading, Table table) {
        return table.isEmpty() ? "" : "\n" + heading + "\n" + table.toString().indent(2);
    }
}
