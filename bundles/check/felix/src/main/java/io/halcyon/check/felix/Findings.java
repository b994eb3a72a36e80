package io.halcyon.check.felix;

import io.halcyon.spi.check.CheckResult;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.Result;

/**
 * What all health checks said. Immutable. The worst decides; one that could not be carried out says nothing about the thing,
 * so it does not hide what another one found.
 *
 * @param all what each said
 */
record Findings(List<Finding> all) {

    private static final Set<Result.Status> FAILED =
            EnumSet.of(Result.Status.TEMPORARILY_UNAVAILABLE, Result.Status.CRITICAL);

    Findings {
        all = all.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
    }

    CheckResult result(Selection selection, int least) {
        if (all.size() < least) {
            var found = all.isEmpty() ? "no health check has " : "only " + all.size() + " health checks have ";
            return CheckResult.unknown(found + selection + (least == 1 ? "" : ", found.min is " + least));
        }
        return judged().withDetails(details());
    }

    private CheckResult judged() {
        if (all.stream().allMatch(Finding::isOk)) {
            return CheckResult.up(all.stream().map(Finding::name).collect(Collectors.joining(", ")) + " OK");
        }
        var words = all.stream()
                .filter(finding -> !finding.isOk())
                .map(Finding::toString)
                .collect(Collectors.joining("; "));
        if (all.stream().anyMatch(finding -> FAILED.contains(finding.status()))) {
            return CheckResult.down(words);
        }
        boolean error = all.stream().anyMatch(finding -> finding.status() == Result.Status.HEALTH_CHECK_ERROR);
        return error ? CheckResult.unknown(words) : CheckResult.degraded(words);
    }

    private Map<String, String> details() {
        var details = new TreeMap<String, String>();
        all.forEach(finding -> details.put(finding.name(), finding.status() + " " + finding.message()));
        return details;
    }
}
