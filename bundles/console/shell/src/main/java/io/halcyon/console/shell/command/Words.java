package io.halcyon.console.shell.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Small things in words: durations, lists, counters. */
final class Words {

    /** How far what belongs to a heading stands to the right. */
    static final int INDENT = 2;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");

    private static final String AMOUNTS = " kMGTPE";

    private static final String BULLET = "  - ";

    private Words() {}

    /** {@code 48s}, {@code 3m12s}, {@code 5h02m}, {@code 12d03h} since then; a dash for never. */
    static String since(@Nullable Instant then, Instant now) {
        return then == null ? "-" : span(Duration.between(then, now));
    }

    /** The same for a time to come; one that is over is now. */
    static String until(@Nullable Instant then, Instant now) {
        return then == null ? "-" : span(Duration.between(now, then));
    }

    static String span(Duration length) {
        Duration age = length.isNegative() ? Duration.ZERO : length;
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

    /** {@code 0.42}, {@code 3.1}, {@code 120}: as much as is worth reading. */
    static String decimals(double number) {
        return String.format(Locale.ROOT, number < 1 ? "%.2f" : number < 10 ? "%.1f" : "%.0f", number);
    }

    /** {@code 0}, {@code 0.42}, {@code 3.1}, {@code 120}, {@code 1.2k}, {@code 34M}: in powers of a thousand. */
    static String amount(double number) {
        if (number == 0) {
            return "0";
        }
        double shown = number;
        int unit = 0;
        while (shown >= 1000 && unit < AMOUNTS.length() - 1) {
            shown /= 1000;
            unit++;
        }
        return decimals(shown) + (unit == 0 ? "" : AMOUNTS.charAt(unit));
    }

    /** The same of what is counted: {@code 7}, {@code 1.2k}. */
    static String amount(long number) {
        return number < 1000 ? String.valueOf(number) : amount((double) number);
    }

    /** {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}. */
    static Duration duration(String option, String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(option + " " + text
                    + " is refused: allowed is a whole number with a unit, such as 30s, 10m, 2h or 1d");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** A moment: {@code 10m} ago, or a time of UTC, as events have it. */
    static Instant moment(String option, String text, Instant now) {
        if (DURATION.matcher(text).matches()) {
            return now.minus(duration(option, text));
        }
        try {
            boolean day = text.length() == "2026-11-25".length();
            boolean zoned = text.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)");
            return OffsetDateTime.parse(day ? text + "T00:00Z" : zoned ? text : text + "Z")
                    .toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    option + " " + text
                            + " is refused: allowed is how long ago, such as 30s, 10m, 2h or 1d, or a time of UTC, such as"
                            + " 2026-11-25T10:00",
                    e);
        }
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
    static String section(String heading, List<String> lines, int columns) {
        if (lines.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("\n").append(heading).append('\n');
        for (String line : lines) {
            List<String> wrapped = Table.wrapped(line, Math.max(Table.LEAST_LAST, columns - BULLET.length()));
            text.append(BULLET).append(String.join("\n    ", wrapped)).append('\n');
        }
        return text.toString();
    }

    /** A table under a heading; nothing at all if it is empty. */
    static String section(String heading, Table table, int columns) {
        return table.isEmpty()
                ? ""
                : "\n" + heading + "\n" + table.text(columns - INDENT).indent(INDENT);
    }

    /** A paragraph that stands to the right. */
    static String wrapped(String text, int indent, int columns) {
        List<String> lines = Table.wrapped(text, Math.max(Table.LEAST_LAST, columns - indent));
        return String.join("\n", lines).indent(indent);
    }
}
