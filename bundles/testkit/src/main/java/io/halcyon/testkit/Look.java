package io.halcyon.testkit;

import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import java.time.Duration;

/** Runs a check of either form once, without an engine. */
public final class Look {

    private static final Duration LINGERING = Duration.ofSeconds(4);

    private Look() {}

    /** Its result; one that an asynchronous check does not give within the limit is DOWN, as the engine counts it. */
    public static CheckResult at(HealthCheck check, long timeoutMillis) throws Exception {
        return new OneLook(check).await(timeoutMillis, LINGERING);
    }

    /** Its result with the steps that the check took among the details, without those that the engine adds. */
    public static CheckResult withSteps(HealthCheck check, long timeoutMillis) throws Exception {
        var look = new OneLook(check);
        var result = look.await(timeoutMillis, LINGERING);
        return result.withDetails(look.steps().with(result.details()));
    }
}
