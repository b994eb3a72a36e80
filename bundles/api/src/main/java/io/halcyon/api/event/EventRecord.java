package io.halcyon.api.event;

import java.time.Instant;
import java.util.List;

/**
 * An event with its place in history.
 *
 * @param id increases by one per event; unique on a node as long as its journal is kept, also over restarts
 * @param at wall clock time
 * @param monotonicNanos {@code CLOCK_MONOTONIC} at the same moment; only events of the same run compare
 * @param node {@code router.id} of the node
 * @param causes ids of the events that caused it, empty if none is known
 * @param event what happened
 */
public record EventRecord(long id, Instant at, long monotonicNanos, String node, List<Long> causes, Event event) {

    public EventRecord {
        causes = List.copyOf(causes);
    }
}
