package io.halcyon.console.shell.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Columns as wide as their content; where that is wider than the terminal, the last one wraps, then the widest ones, at blanks
 * as long as that is enough.
 */
final class Table {

    /** For output that goes to a file or a pipe: whoever reads it there wants one line per row. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    /** What stays of the last column before any other gives way. */
    static final int LEAST_LAST = 24;

    /** What stays of any. */
    private static final int LEAST = 10;

    private static final int GAP = 2;

    private static final Pattern BLANK = Pattern.compile(" ");

    /** How far a line that goes across all columns goes on to the right. */
    private static final int HANGING = 4;

    /** Of more than one cell, or one line across all columns. */
    private final List<List<String>> rows = new ArrayList<>();

    /** What columns have even for less content; those behind them have nothing. */
    private final int[] usual;

    Table(String... headers) {
        this(new int[0], headers);
    }

    /** For rows that are printed before the next ones are known. */
    Table(int[] usual, String... headers) {
        this.usual = usual.clone();
        rows.add(List.of(headers));
    }

    /** A line across all columns, above the rows that belong to it. */
    void across(String line) {
        rows.add(List.of(line));
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

    /** At most that wide, unless even the narrowest columns need more. */
    String text(int columns) {
        int[] widths = IntStream.range(0, rows.get(0).size()).map(this::width).toArray();
        int[] words = IntStream.range(0, widths.length).map(this::longestWord).toArray();
        fit(widths, words, columns);
        var text = new StringBuilder();
        for (List<String> row : rows) {
            if (row.size() == 1) {
                appendAcross(row.get(0), columns, text);
            } else {
                append(row, widths, text);
            }
        }
        return text.toString();
    }

    private int width(int column) {
        int least = column < usual.length ? usual[column] : 0;
        return cells(column).mapToInt(String::length).reduce(least, Math::max);
    }

    private int longestWord(int column) {
        return cells(column)
                .flatMap(BLANK::splitAsStream)
                .mapToInt(String::length)
                .reduce(LEAST, Math::max);
    }

    private Stream<String> cells(int column) {
        return rows.stream().filter(row -> row.size() > 1).map(row -> row.get(column));
    }

    private static void fit(int[] widths, int[] words, int columns) {
        int last = widths.length - 1;
        int[] least = new int[widths.length];
        Arrays.fill(least, LEAST);
        int excess = Arrays.stream(widths).sum() + last * GAP - columns;
        excess -= narrow(widths, last, LEAST_LAST, excess);
        excess -= narrowWidest(widths, words, excess);
        excess -= narrow(widths, last, words[last], excess);
        excess -= narrowWidest(widths, least, excess);
        narrow(widths, last, LEAST, excess);
    }

    /** Takes from all but the last, one after the other; returns how much that was. */
    private static int narrowWidest(int[] widths, int[] least, int wanted) {
        int taken = 0;
        while (taken < wanted) {
            int widest = widest(widths, least);
            if (narrow(widths, widest, least[widest], 1) == 0) {
                break;
            }
            taken++;
        }
        return taken;
    }

    /** Takes from a column as much as is wanted and possible; returns how much that was. */
    private static int narrow(int[] widths, int column, int least, int wanted) {
        int taken = Math.max(0, Math.min(wanted, widths[column] - least));
        widths[column] -= taken;
        return taken;
    }

    /** Of all but the last that may become narrower, if there is any. */
    private static int widest(int[] widths, int[] least) {
        return IntStream.range(0, widths.length - 1)
                .filter(column -> widths[column] > least[column])
                .reduce((one, other) -> widths[other] > widths[one] ? other : one)
                .orElse(0);
    }

    private static void append(List<String> row, int[] widths, StringBuilder text) {
        List<List<String>> cells = IntStream.range(0, widths.length)
                .mapToObj(column -> wrapped(row.get(column), widths[column]))
                .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        for (int i = 0; i < height; i++) {
            var line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                List<String> cell = cells.get(column);
                String part = i < cell.size() ? cell.get(i) : "";
                line.append(part).append(" ".repeat(Math.max(0, widths[column] - part.length()) + GAP));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static void appendAcross(String line, int columns, StringBuilder text) {
        List<String> lines = wrapped(line, Math.max(LEAST_LAST, columns - HANGING));
        text.append(String.join("\n" + " ".repeat(HANGING), lines)).append('\n');
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
