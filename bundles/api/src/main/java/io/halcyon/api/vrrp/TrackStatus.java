package io.halcyon.api.vrrp;

import org.jspecify.annotations.Nullable;

/**
 * One tracker of a router and what it does to the priority right now.
 *
 * @param kind {@code script} or {@code interface}
 * @param name name of the check or interface
 * @param weight -253..253; 0 means that a failure is {@code FAULT}
 * @param reverse whether success and failure are swapped
 * @param ok null while there is no verdict yet
 * @param delta what it adds to the priority now
 * @param reason why, for a person
 */
public record TrackStatus(
        String kind, String name, int weight, boolean reverse, @Nullable Boolean ok, int delta, String reason) {}
