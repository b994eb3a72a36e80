package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.CheckType;
import io.halcyon.api.check.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Health checks for a person. */
final class CheckText {

    static final String NONE = "no checks: none is configured in etc/io.halcyon.check-NAME.cfg\n";

    private CheckText() {}

    static String list(List<CheckStatus> checks, Instant now, int columns) {
        var table = new Table("CHECK", "TYPE", "VERDICT", "SINCE", "STATE", "TRACKED BY", "REASON");
        for (CheckStatus check : checks) {
            Verdict verdict = check.verdict();
            table.row(
                    check.name(),
                    check.type(),
                    verdict.health(),
                    Words.since(verdict.since(), now),
                    check.state(),
                    Words.list(check.trackedBy()),
                    verdict.reason());
        }
        return table.isEmpty() ? NONE : table.text(columns);
    }

    static String show(CheckStatus check, Instant now, int columns) {
        Verdict verdict = check.verdict();
        var facts = new Table("check", check.name());
        facts.row("type", check.type());
        facts.row("verdict", verdict.health() + " for " + Words.since(verdict.since(), now) + ", " + verdict.reason());
        facts.row("state", check.state());
        facts.row("last run", lastRun(check, now));
        facts.row("streak", check.streak() + " against the verdict; rise " + check.rise() + ", fall " + check.fall());
        facts.row("timing", "every " + check.intervalMillis() + " ms, timeout " + check.timeoutMillis() + " ms");
        facts.row("weight", weight(verdict));
        facts.row("tracked by", Words.list(check.trackedBy()));
        facts.row("counters", Words.counters(check.counters()));
        var details = new Table("NAME", "VALUE");
        new TreeMap<>(check.details()).forEach(details::row);
        return facts.text(columns)
                + Words.section("details", details, columns)
                + Words.section("warnings", check.warnings(), columns);
    }

    static String types(List<CheckType> types, int columns) {
        if (types.isEmpty()) {
            return "no check types: none is installed\n";
        }
        var text = new StringBuilder();
        for (CheckType type : types) {
            var keys = new Table("KEY", "TYPE", "DEFAULT", "MEANING");
            for (CheckType.Parameter key : type.parameters()) {
                String preset = key.required() ? "required" : Words.orDash(key.defaultValue());
                keys.row(key.key(), key.type(), preset, key.description());
            }
            text.append(text.isEmpty() ? "" : "\n")
                    .append("type = ")
                    .append(type.type())
                    .append(" (")
                    .append(type.bundle())
                    .append(")\n")
                    .append(Words.wrapped(type.description(), Words.INDENT, columns))
                    .append(keys.text(columns - Words.INDENT).indent(Words.INDENT));
        }
        return text.toString();
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
