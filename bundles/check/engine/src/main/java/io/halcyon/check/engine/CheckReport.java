package io.halcyon.check.engine;

import io.halcyon.api.check.CheckHold;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.spi.check.CheckResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what readers see of one check.
 *
 * @param state what it is doing
 * @param nextAt when it starts next, null if that is not planned
 */
record CheckReport(
        CheckSettings settings,
        CurrentVerdict verdict,
        Journal journal,
        Tally tally,
        String state,
        @Nullable Instant nextAt,
        @Nullable CheckHold hold) {

    CheckStatus status() {
        var last = journal.last();
        var latency = last.latency();
        return new CheckStatus(
                settings.name(),
                settings.type(),
                verdict.get(),
                state,
                TimeUnit.NANOSECONDS.toMillis(verdict.intervalNanos()),
                settings.timeoutMillis(),
                settings.rise(),
                settings.fall(),
                verdict.streak(),
                last.health(),
                last.reason(),
                journal.lastAt(),
                latency == null ? -1 : latency.toMillis(),
                journal.latencies().percentileMillis(50),
                journal.latencies().percentileMillis(99),
                nextAt,
                steps(last.details()),
                facts(last.details()),
                List.of(),
                tally.counters(),
                warnings(),
                hold);
    }

    private static List<CheckStatus.Step> steps(Map<String, String> details) {
        return details.entrySet().stream()
                .filter(detail -> detail.getKey().startsWith(CheckResult.STEP))
                .map(step -> new CheckStatus.Step(step.getKey().substring(CheckResult.STEP.length()), step.getValue()))
                .toList();
    }

    private static Map<String, String> facts(Map<String, String> details) {
        var facts = new TreeMap<>(details);
        facts.keySet().removeIf(name -> name.startsWith(CheckResult.STEP));
        return facts;
    }

    private List<String> warnings() {
        if (hold == null) {
            return settings.warnings();
        }
        var all = new ArrayList<>(settings.warnings());
        all.add(hold.text());
        return all;
    }
}
