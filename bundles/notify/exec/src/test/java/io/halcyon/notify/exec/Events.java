package io.halcyon.notify.exec;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import java.time.Instant;
import java.util.List;

/** Events to tell. */
final class Events {

    static final Instant AT = Instant.parse("2026-06-30T13:28:55.310Z");

    private Events() {}

    static EventRecord to(long id, RouterState state) {
        return record(
                id,
                new Event.RouterTransition(
                        "VI_1",
                        RouterState.BACKUP,
                        state,
                        "the master fell silent",
                        150,
                        List.of("192.0.2.50/24", "192.0.2.51/24"),
                        false,
                        false));
    }

    static EventRecord trial(long id) {
        return record(id, new Event.Trial("ops", "somebody asked"));
    }

    static EventRecord record(long id, Event event) {
        return new EventRecord(id, AT, id, "lb1", List.of(15L, 16L), event);
    }
}
