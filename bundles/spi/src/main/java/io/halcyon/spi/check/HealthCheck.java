package io.halcyon.spi.check;

/**
 * Looks at one thing and says whether it works.
 *
 * <p>A check only looks: interval, timeout, rise and fall belong to the engine. Never two runs of one check at once;
 * successive runs may come from different threads, with a happens-before between them. State between runs is allowed.
 */
public sealed interface HealthCheck permits BlockingCheck, AsynchronousCheck {

    /** Called once, after the last run ended, when the check is replaced or removed. */
    default void close() {}
}
