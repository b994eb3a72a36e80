package io.halcyon.spi.check;

import org.osgi.annotation.versioning.ConsumerType;

/** A check that never blocks: it starts network work on a context and completes it later. */
@ConsumerType
public non-sealed interface AsynchronousCheck extends HealthCheck {

    /**
     * Starts one run. Called on the selector's thread, as are all callbacks of the run; none may block.
     *
     * @param run its connections and timers; all are closed when the run is completed or its timeout is over
     */
    void look(CheckRun run);

    /** The same check, whose connections come from there. */
    default AsynchronousCheck from(Source source) {
        return source.isAny() ? this : new SourcedCheck(this, source);
    }
}
