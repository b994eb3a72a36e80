package io.halcyon.spi.check;

import io.halcyon.api.check.Health;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of one look.
 *
 * @param health what was found
 * @param reason one sentence for a person: what was seen, and which part failed
 * @param latency how long the thing took to answer, null if that means nothing here
 * @param weight weight the thing asks for itself, null for the configured one
 * @param details further facts by name, for {@code check:show}, in the order of the map that was given; no secrets. A name
 *     that begins with {@value #STEP} is a step: {@code step.connect} is what came of connecting, and {@code check:run} shows
 *     all steps in their order
 * @param hold whether the verdict stays as it is and nothing is counted: the check is busy with a remedy
 */
public record CheckResult(
        Health health,
        String reason,
        @Nullable Duration latency,
        @Nullable Integer weight,
        Map<String, String> details,
        boolean hold) {

    /** How the name of a detail begins that tells a step of the run. */
    public static final String STEP = "step.";

    public CheckResult {
        // Map.copyOf loses the order; both refuse nulls.
        details = details.size() < 2 ? Map.copyOf(details) : ordered(details);
    }

    public CheckResult(
            Health health,
            String reason,
            @Nullable Duration latency,
            @Nullable Integer weight,
            Map<String, String> details) {
        this(health, reason, latency, weight, details, false);
    }

    private static Map<String, String> ordered(Map<String, String> details) {
        var copy = new LinkedHashMap<String, String>();
        details.forEach((name, value) -> copy.put(Objects.requireNonNull(name), Objects.requireNonNull(value)));
        return Collections.unmodifiableMap(copy);
    }

    public static CheckResult up(String reason) {
        return new CheckResult(Health.UP, reason, null, null, Map.of());
    }

    public static CheckResult degraded(String reason) {
        return new CheckResult(Health.DEGRADED, reason, null, null, Map.of());
    }

    public static CheckResult down(String reason) {
        return new CheckResult(Health.DOWN, reason, null, null, Map.of());
    }

    /** The check could not be carried out; says nothing about the thing. */
    public static CheckResult unknown(String reason) {
        return new CheckResult(Health.UNKNOWN, reason, null, null, Map.of());
    }

    /** Something is being done about what was found; the check itself sees to it that this ends. */
    public static CheckResult hold(String reason) {
        return new CheckResult(Health.UNKNOWN, reason, null, null, Map.of(), true);
    }

    public CheckResult withLatency(Duration latency) {
        return new CheckResult(health, reason, latency, weight, details, hold);
    }

    public CheckResult withWeight(int weight) {
        return new CheckResult(health, reason, latency, weight, details, hold);
    }

    public CheckResult withDetails(Map<String, String> details) {
        return new CheckResult(health, reason, latency, weight, details, hold);
    }
}
