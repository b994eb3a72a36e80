package io.halcyon.console.shell.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Columns as wide as their content; the last one wraps, so that a table fits a line of 100 characters. */
final class Table {

    static final int WIDTH = 100;
    private static final int GAP = 2;
    private static final int LEAST_LAST = 24;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headers) {
        rows.add(List.of(headers));
    }

    void row(Object... cells) {
        List<String> row = Arrays.stream(cells).map(String::valueOf).toList();
        if (row.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(row.size() + " cells under " + rows.get(0));
        }
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    @Override
    public String toString() {
        int last = rows.get(0).size() - 1;
        int[] widths = IntStream.range(0, last).map(this::width).toArray();
        int indent = Arrays.stream(widths).sum() + last * GAP;
        int room = Math.max(LEAST_LAST, WIDTH - indent);
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < last; column++) {
                line.append(padded(row.get(column), widths[column] + GAP));
            }
            String separator = "\n" + " ".repeat(indent);
            line.append(String.join(separator, wrapped(row.get(last), room)));
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /** Breaks at blanks where there are any within reach. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
