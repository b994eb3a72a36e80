package io.halcyon.spi.check;

import org.osgi.annotation.versioning.ConsumerType;

/** A check that looks once on a worker thread and may block there. */
@ConsumerType
public non-sealed interface BlockingCheck extends HealthCheck {

    /**
     * Looks once. Failing to reach the thing is {@link CheckResult#down}, not an exception; an exception counts as down
     * with its message as the reason.
     *
     * @param timeoutMillis the configured limit; after it the thread is interrupted and the run counts as timed out
     * @throws InterruptedException if it was interrupted
     */
    CheckResult look(long timeoutMillis) throws InterruptedException;
}
