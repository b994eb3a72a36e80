package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventTree;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Trees of events for a person: times count from the root of each, what was asked for has a mark. */
final class TimelineText {

    private static final int TIME_WIDTH = 11;
    private static final String MARK = "> ";
    private static final String NO_MARK = "  ";

    private final StringBuilder text = new StringBuilder();
    private final int columns;

    private TimelineText(int columns) {
        this.columns = columns;
    }

    static String of(List<EventTree> trees, int columns) {
        var page = new TimelineText(columns);
        for (EventTree tree : trees) {
            page.text.append(page.text.isEmpty() ? "" : "\n");
            page.text.append(tree.event().at().truncatedTo(ChronoUnit.MILLIS)).append('\n');
            page.tree(tree, "", "");
        }
        return page.text.toString();
    }

    /**
     * One event and what is below it.
     *
     * @param first what stands before its first line
     * @param next what stands before its other lines and before what is below it
     */
    private void tree(EventTree tree, String first, String next) {
        String time = String.format(
                Locale.ROOT, "%" + TIME_WIDTH + "s  %s", after(tree.afterMicros()), tree.asked() ? MARK : NO_MARK);
        String id = String.format(Locale.ROOT, "%-6s ", "#" + tree.event().id());
        int room = columns - time.length() - id.length() - first.length();
        List<String> lines = Table.wrapped(words(tree), Math.max(Table.LEAST_LAST, room));
        text.append(time).append(id).append(first).append(lines.get(0)).append('\n');
        String below = tree.consequences().isEmpty() ? "   " : "|  ";
        for (String line : lines.subList(1, lines.size())) {
            text.append(" ".repeat(time.length() + id.length()))
                    .append(next)
                    .append(below)
                    .append(line)
                    .append('\n');
        }
        for (int i = 0; i < tree.consequences().size(); i++) {
            boolean last = i == tree.consequences().size() - 1;
            tree(tree.consequences().get(i), next + (last ? "`- " : "|- "), next + (last ? "   " : "|  "));
        }
    }

    private static String words(EventTree tree) {
        var event = tree.event().event();
        String also = tree.otherCauses().isEmpty()
                ? ""
                : " (also caused by "
                        + Words.list(
                                tree.otherCauses().stream().map(id -> "#" + id).toList())
                        + ")";
        return event.object() + ": " + event.text() + also;
    }

    /** {@code +0.4 ms}, {@code +12 ms}, {@code +3.6 s}, {@code +2m05s}. */
    static String after(long micros) {
        if (Math.abs(micros) < 1_000) {
            return micros == 0 ? "+0 ms" : signed("%.1f ms", micros / 1_000.0);
        }
        if (Math.abs(micros) < 1_000_000) {
            return signed("%.0f ms", micros / 1_000.0);
        }
        if (micros < 60_000_000) {
            return signed("%.1f s", micros / 1_000_000.0);
        }
        return "+" + Words.span(Duration.of(micros, ChronoUnit.MICROS));
    }

    private static String signed(String format, double number) {
        return (number < 0 ? "" : "+") + String.format(Locale.ROOT, format, number);
    }
}
