package io.halcyon.notify.fifo;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import java.time.Instant;
import java.util.List;

/** Events to tell. */
final class Events {

    private Events() {}

    /** A router that becomes MASTER; its priority is the event's id, so that a line shows which event it is. */
    static EventRecord master(long id) {
        return record(
                id,
                new Event.RouterTransition(
                        "VI_1",
                        RouterState.BACKUP,
                        RouterState.MASTER,
                        "test",
                        (int) id,
                        List.of("192.0.2.50/24"),
                        false,
                        false));
    }

    static String line(long id) {
        return "INSTANCE \"VI_1\" MASTER " + id;
    }

    static EventRecord trial(long id) {
        return record(id, new Event.Trial("ops", "somebody asked"));
    }

    static EventRecord record(long id, Event event) {
        return new EventRecord(id, Instant.EPOCH.plusSeconds(id), id, "lb1", List.of(), event);
    }
}
