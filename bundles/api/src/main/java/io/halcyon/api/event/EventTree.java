package io.halcyon.api.event;

import java.util.List;

/**
 * An event and what came of it. An event that several others caused stands below the last of them.
 *
 * @param event what happened
 * @param afterMicros how long after the root of the tree, by the wall clock; 0 for the root
 * @param asked whether somebody asked for this event, and the others are here because of it
 * @param otherCauses ids of causes that it does not stand below, and of those that have been forgotten
 * @param consequences oldest first
 */
public record EventTree(
        EventRecord event, long afterMicros, boolean asked, List<Long> otherCauses, List<EventTree> consequences) {

    public EventTree {
        otherCauses = List.copyOf(otherCauses);
        consequences = List.copyOf(consequences);
    }
}
