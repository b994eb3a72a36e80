package io.halcyon.check.engine;

import io.halcyon.api.check.CheckHistory;
import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one check: its last result, the last latencies, and its past in stretches. A check that says the
 * same all day has a past of one entry. Not thread-safe: its {@link Check} guards it.
 */
final class Journal {

    static final int ENTRIES = 20;

    /** Of a reason in the past; the last result has all of it. */
    static final int REASON_LENGTH = 160;

    private final Latencies latencies = new Latencies();
    private final Deque<CheckHistory> past = new ArrayDeque<>(2);
    private CheckResult last = CheckResult.unknown("it has not run yet");
    private @Nullable Instant lastAt;

    CheckResult last() {
        return last;
    }

    @Nullable
    Instant lastAt() {
        return lastAt;
    }

    Latencies latencies() {
        return latencies;
    }

    /** A result, and what the check stood for after it. */
    void result(CheckResult result, Health verdict, Instant at) {
        var latency = result.latency();
        if (latency != null) {
            latencies.add(latency);
        }
        last = result;
        lastAt = at;
        var newest = past.peekLast();
        if (newest != null && continues(newest, result, verdict)) {
            past.removeLast();
            past.add(new CheckHistory(
                    newest.at(), at, newest.results() + 1, result.health(), verdict, clipped(result.reason(), newest)));
        } else {
            add(new CheckHistory(at, at, 1, result.health(), verdict, clipped(result.reason(), newest)));
        }
    }

    /** The plugin's own account of a run that had been judged without it. */
    void account(CheckResult late) {
        if (last.details().isEmpty()) {
            last = last.withDetails(late.details());
        }
    }

    /** A change that no result brought. */
    void change(Health verdict, String reason, Instant at) {
        add(new CheckHistory(at, at, 0, null, verdict, clipped(reason, null)));
    }

    /** The last ones, oldest first. */
    List<CheckHistory> history(int limit) {
        return past.stream().skip(Math.max(0, past.size() - limit)).toList();
    }

    private void add(CheckHistory entry) {
        if (past.size() == ENTRIES) {
            past.remove();
        }
        past.add(entry);
    }

    private static boolean continues(CheckHistory newest, CheckResult result, Health verdict) {
        return newest.result() == result.health()
                && newest.verdict() == verdict
                && Reasons.alike(newest.reason(), clipped(result.reason(), newest));
    }

    /** The same text is kept once. */
    private static String clipped(String reason, @Nullable CheckHistory newest) {
        var text = reason.length() > REASON_LENGTH ? reason.substring(0, REASON_LENGTH - 3) + "..." : reason;
        return newest != null && newest.reason().equals(text) ? newest.reason() : text;
    }
}
