package io.halcyon.api.check;

/**
 * How late runs began, over the last minute or two: the time between when a run was due and when its check was called.
 *
 * @param starts how many runs began
 * @param p50Micros half of them were not later than this
 * @param p99Micros 99 of 100 were not later than this
 * @param maxMicros none was later than this
 */
public record StartLateness(long starts, long p50Micros, long p99Micros, long maxMicros) {

    /** Nothing began. */
    public static final StartLateness NONE = new StartLateness(0, 0, 0, 0);
}
