package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import java.util.List;

/** Those who may not have come past events that are about to go. Thread-safe; returns soon. */
@FunctionalInterface
interface Stragglers {

    /** These events can no longer be had. */
    void lose(List<EventRecord> gone);

    /** Whether anybody is at an event before this one, or at none: only then somebody may lose it or an older one. */
    default boolean areBefore(long id) {
        return true;
    }
}
