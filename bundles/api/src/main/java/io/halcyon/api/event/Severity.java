package io.halcyon.api.event;

/** How much an event matters to an operator. */
public enum Severity {
    /** Good to know. */
    INFO,
    /** Somebody should act. */
    WARNING,
    /** The service suffers or is about to. */
    CRITICAL
}
