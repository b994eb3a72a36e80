package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import java.util.List;

/** Where whoever goes through all events finds the next ones. Thread-safe. */
interface EventSource {

    /** The next events after the one of that id, at most so many; fewer says nothing, none says that there are none. */
    List<EventRecord> after(long id, int limit);

    /** Id of the oldest event that can be had, 0 if there is none. */
    long firstId();

    /** Id of the newest event. */
    long lastId();
}
