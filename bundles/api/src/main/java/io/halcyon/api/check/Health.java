package io.halcyon.api.check;

/** What a health check says of the thing it looked at. */
public enum Health {
    /** It works. */
    UP,
    /** It works, but somebody should look at it; counts as success for whoever tracks it. */
    DEGRADED,
    /** It does not work. */
    DOWN,
    /** Nobody knows: the check did not run yet, its type is missing, or it cannot be carried out. */
    UNKNOWN
}
