package io.halcyon.check.composite;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.spi.check.CheckResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One count of the members' verdicts. One thread's. */
final class Count {

    private static final int LONGEST_REASON = 120;

    private final Map<Health, Integer> weights = new EnumMap<>(Health.class);
    private final List<String> names = new ArrayList<>();
    private final List<String> stories = new ArrayList<>();
    private final Map<String, String> details = new LinkedHashMap<>();
    private int all;
    private boolean missing;

    void add(Member member, @Nullable Verdict verdict) {
        var standing = member.standing(verdict);
        all += member.weight();
        missing |= verdict == null;
        weights.merge(standing, member.weight(), Integer::sum);
        var seen = verdict == null ? "has no verdict" : "is " + verdict.health();
        var reason = verdict == null ? "" : ": " + shortened(verdict.reason());
        details.put(
                member.name(),
                (verdict == null ? "no verdict" : verdict.health().toString()) + reason);
        if (standing != Health.UP) {
            names.add(member.name() + " " + seen);
            stories.add(member.name() + " " + seen + reason);
        }
    }

    /** What is decided by those that are known, whatever the others would say; otherwise unknown. */
    CheckResult result(int quorum) {
        int fine = weightOf(Health.UP);
        int working = fine + weightOf(Health.DEGRADED);
        CheckResult result;
        if (fine >= quorum) {
            // Without reasons: these may change with every look, and a success has one reason.
            result = CheckResult.up(words(fine, quorum, names));
        } else if (working >= quorum) {
            result = CheckResult.degraded(words(working, quorum, stories));
        } else if (working + weightOf(Health.UNKNOWN) >= quorum) {
            result = CheckResult.unknown(words(working, quorum, stories));
        } else {
            result = CheckResult.down(words(working, quorum, stories));
        }
        return result.withDetails(details);
    }

    /** Whether there is no verdict at all of some member. */
    boolean isMissingSome() {
        return missing;
    }

    private int weightOf(Health health) {
        return weights.getOrDefault(health, 0);
    }

    private String words(int fine, int quorum, List<String> others) {
        var sum = fine + " of " + all + " is fine (quorum " + quorum + ")";
        return others.isEmpty() ? sum : sum + "; " + String.join("; ", others);
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...";
    }
}
