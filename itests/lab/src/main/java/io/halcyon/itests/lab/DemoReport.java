package io.halcyon.itests.lab;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the demonstration prints: a line when a step begins and ends, and a table of all at the end. */
final class DemoReport {

    private static final String ROW = "%-34s %12s %10s %10s  %-10s %s%n";

    private final PrintStream out;
    private final List<Row> rows = new ArrayList<>();
    private boolean aborted;

    /**
     * One step as the client saw it.
     *
     * @param backAfterMillis time from the event until the client was served again without a gap
     * @param failure what did not happen as it should have, empty if all did
     */
    record Row(String step, double backAfterMillis, int lostPings, int lostPages, List<String> hosts, String failure) {}

    DemoReport(PrintStream out) {
        this.out = out;
    }

    void begin(String step, String what) {
        out.printf("%n[%d] %s%n    %s%n", rows.size() + 1, step, what);
    }

    void note(String text) {
        out.println("    " + text);
    }

    void end(Row row) {
        rows.add(row);
        out.println(row.failure().isEmpty() ? "    ok" : "    FAILED: " + row.failure());
    }

    void aborted(String why) {
        aborted = true;
        out.println("\nThe demonstration cannot go on: " + why);
    }

    boolean good() {
        return !aborted && rows.stream().allMatch(row -> row.failure().isEmpty());
    }

    void table() {
        out.println();
        out.printf(ROW, "step", "answered", "pings", "pages", "answered", "");
        out.printf(ROW, "", "after ms", "lost", "lost", "by", "");
        out.println("-".repeat(90));
        for (var row : rows) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    row.step(),
                    String.format(Locale.ROOT, "%.0f", row.backAfterMillis()),
                    row.lostPings(),
                    row.lostPages(),
                    String.join("->", row.hosts()),
                    row.failure().isEmpty() ? "ok" : "FAILED");
        }
    }
}
