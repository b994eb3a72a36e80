package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import java.time.Instant;
import java.util.List;

/** Events for tests. */
final class Happenings {

    private Happenings() {}

    static Event transition(String cause) {
        return new Event.RouterTransition(
                "VI_1", RouterState.BACKUP, RouterState.MASTER, cause, 100, List.of("192.0.2.50/24"), false, false);
    }

    static EventRecord record(long id, Event event) {
        return new EventRecord(id, Instant.EPOCH.plusSeconds(id), id, "lb1", List.of(), event);
    }

    static EventRecord transition(long id) {
        return record(id, transition("test " + id));
    }
}
