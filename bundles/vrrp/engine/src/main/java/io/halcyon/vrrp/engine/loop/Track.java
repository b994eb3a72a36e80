package io.halcyon.vrrp.engine.loop;

import org.jspecify.annotations.Nullable;

/**
 * Something a router watches.
 *
 * @param kind check or interface
 * @param name its name
 * @param weight -253..253; 0 means that a failure is FAULT; null for the check's own weight
 * @param reverse whether success and failure are swapped; null for the check's own word
 */
public record Track(Kind kind, String name, @Nullable Integer weight, @Nullable Boolean reverse) {

    /** What is watched. */
    public enum Kind {
        SCRIPT,
        INTERFACE
    }
}
