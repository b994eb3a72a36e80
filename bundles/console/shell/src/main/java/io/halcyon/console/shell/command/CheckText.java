package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckHistory;
import io.halcyon.api.check.CheckHold;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.CheckType;
import io.halcyon.api.check.StartLateness;
import io.halcyon.api.check.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Health checks for a person. */
final class CheckText {

    static final String NONE = "no checks: none is configured in etc/io.halcyon.check-NAME.cfg\n";

    /** From here on there is room for all columns. */
    static final int WIDE = 110;

    private static final double MICROS_PER_MILLI = 1_000;

    private CheckText() {}

    /** Below a list: whether the machine keeps up with its checks. */
    static String lateness(StartLateness starts) {
        return starts.starts() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%n%d runs lately, begun late by %.1f ms (p50), %.1f ms (p99), %.1f ms (most)%n",
                        starts.starts(),
                        starts.p50Micros() / MICROS_PER_MILLI,
                        starts.p99Micros() / MICROS_PER_MILLI,
                        starts.maxMicros() / MICROS_PER_MILLI);
    }

    static String list(List<CheckStatus> checks, Instant now, int columns) {
        boolean wide = columns >= WIDE;
        var table = wide
                ? new Table("CHECK", "TYPE", "VERDICT", "SINCE", "LAST", "P50/P99", "NEXT", "TRACKED BY", "REASON")
                : new Table("CHECK", "VERDICT", "SINCE", "LAST", "NEXT", "TRACKED BY", "REASON");
        for (CheckStatus check : checks) {
            Verdict verdict = check.verdict();
            List<Object> row = new ArrayList<>(List.of(
                    check.name(),
                    verdict.health(),
                    Words.since(verdict.since(), now),
                    Words.since(check.lastAt(), now),
                    next(check, now),
                    Words.list(check.trackedBy()),
                    verdict.reason()));
            if (wide) {
                row.add(1, check.type());
                row.add(5, latencies(check));
            }
            table.row(row.toArray());
        }
        return table.isEmpty() ? NONE : table.text(columns);
    }

    static String show(CheckStatus check, Instant now, int columns) {
        Verdict verdict = check.verdict();
        var facts = new Table("check", check.name());
        facts.row("type", check.type());
        facts.row("verdict", verdict.health() + " for " + Words.since(verdict.since(), now) + ", " + verdict.reason());
        CheckHold hold = check.hold();
        if (hold != null) {
            facts.row("held", hold.text() + " (since " + Words.since(hold.since(), now) + ")");
        }
        facts.row("state", check.state());
        facts.row("last run", lastRun(check, now));
        facts.row("next run", check.nextAt() == null ? "not planned" : "in " + Words.until(check.nextAt(), now));
        facts.row("latency", latencyInWords(check));
        facts.row("streak", streak(check));
        facts.row("timing", "every " + check.intervalMillis() + " ms, timeout " + check.timeoutMillis() + " ms");
        facts.row("weight", weight(verdict));
        facts.row("tracked by", Words.list(check.trackedBy()));
        facts.row("counters", Words.counters(check.counters()));
        return facts.text(columns)
                + Words.section("steps of the last run", steps(check), columns)
                + Words.section("details", details(check), columns)
                + Words.section("warnings", check.warnings(), columns);
    }

    /** One run, and what it did to the verdict. */
    static String run(Verdict before, CheckStatus check, int columns) {
        Verdict after = check.verdict();
        var facts = new Table("check", check.name());
        String latency = check.latencyMillis() < 0 ? "" : " in " + Words.millis(check.latencyMillis());
        facts.row("result", check.lastHealth() + latency + ", " + check.lastReason());
        facts.row(
                "verdict",
                before.health() == after.health()
                        ? after.health() + " as before, " + after.reason()
                        : before.health() + " -> " + after.health() + ", " + after.reason());
        facts.row("streak", streak(check));
        return facts.text(columns)
                + Words.section("steps", steps(check), columns)
                + Words.section("details", details(check), columns)
                + Words.section("warnings", check.warnings(), columns);
    }

    static String history(List<CheckHistory> history, int columns) {
        var table = new Table("AT", "LASTED", "RESULTS", "RESULT", "VERDICT", "REASON");
        for (CheckHistory entry : history) {
            table.row(
                    entry.at().truncatedTo(ChronoUnit.SECONDS),
                    Words.since(entry.at(), entry.lastAt()),
                    entry.results() == 0 ? "-" : entry.results(),
                    entry.result() == null ? "-" : entry.result(),
                    entry.verdict(),
                    entry.reason());
        }
        return table.isEmpty() ? "it has not run yet\n" : table.text(columns);
    }

    static String types(List<CheckType> types, List<CheckType.Parameter> common, int columns) {
        if (types.isEmpty()) {
            return "no check types: none is installed\n";
        }
        var text = new StringBuilder();
        for (CheckType type : types) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append("type = ")
                    .append(type.type())
                    .append(" (")
                    .append(type.bundle())
                    .append(")\n")
                    .append(Words.wrapped(type.description(), Words.INDENT, columns))
                    .append(keys(type.parameters()).text(columns - Words.INDENT).indent(Words.INDENT));
        }
        return text + Words.section("every check has", keys(common), columns);
    }

    private static Table keys(List<CheckType.Parameter> parameters) {
        var keys = new Table("KEY", "TYPE", "DEFAULT", "MEANING");
        for (CheckType.Parameter key : parameters) {
            String preset = key.required() ? "required" : Words.orDash(key.defaultValue());
            keys.row(key.key(), key.type(), preset, key.description());
        }
        return keys;
    }

    private static Table steps(CheckStatus check) {
        var steps = new Table("STEP", "WHAT CAME OF IT");
        check.steps().forEach(step -> steps.row(step.name(), step.text()));
        return steps;
    }

    private static Table details(CheckStatus check) {
        var details = new Table("NAME", "VALUE");
        new TreeMap<>(check.details()).forEach(details::row);
        return details;
    }

    private static String streak(CheckStatus check) {
        return check.streak() + " against the verdict; rise " + check.rise() + ", fall " + check.fall();
    }

    /** What it does instead, if it does not wait for its next start. */
    private static String next(CheckStatus check, Instant now) {
        boolean waits = check.state().equals("idle") && check.nextAt() != null;
        return waits ? "in " + Words.until(check.nextAt(), now) : check.state();
    }

    private static String latencies(CheckStatus check) {
        return check.latencyP50Millis() < 0
                ? "-"
                : Words.decimals(check.latencyP50Millis()) + "/" + Words.decimals(check.latencyP99Millis()) + " ms";
    }

    private static String latencyInWords(CheckStatus check) {
        return check.latencyP50Millis() < 0
                ? "-"
                : "p50 " + Words.decimals(check.latencyP50Millis()) + " ms, p99 "
                        + Words.decimals(check.latencyP99Millis()) + " ms of the last 100";
    }

    private static String lastRun(CheckStatus check, Instant now) {
        if (check.lastAt() == null) {
            return "never";
        }
        String latency = check.latencyMillis() < 0 ? "" : " in " + Words.millis(check.latencyMillis());
        return check.lastHealth() + latency + ", " + Words.since(check.lastAt(), now) + " ago: " + check.lastReason();
    }

    private static String weight(Verdict verdict) {
        Integer asked = verdict.dynamicWeight();
        return verdict.weight()
                + (verdict.reverse() ? " reverse" : "")
                + (asked == null ? "" : ", the check asks for " + asked);
    }
}
