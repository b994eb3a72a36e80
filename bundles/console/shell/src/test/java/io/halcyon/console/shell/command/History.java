package io.halcyon.console.shell.command;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventLog;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A log of events that happen when a test says so. */
final class History implements EventLog {

    static final Instant START = Instant.parse("2026-11-28T04:20:01.123Z");

    final List<EventRecord> events = new ArrayList<>();

    /** A failed check moves VI_1 away and back, and VI_2 loses its link. */
    static History ofAFailover() {
        var history = new History();
        history.happens(0, new Event.ConfigurationChange("chk_nginx", "accepted chk.cfg", Severity.INFO));
        history.happens(5_000_000, new Event.VerdictChange("chk_nginx", Health.UP, Health.DOWN, "connect refused"));
        history.happens(
                5_000_400,
                new Event.PriorityChange("VI_1", 100, 80, RouterState.MASTER, "check chk_nginx failed: refused"),
                2);
        history.happens(5_000_500, new Event.Trial("ops", "somebody asked for it"));
        history.happens(5_012_700, move("VI_1", RouterState.MASTER, RouterState.BACKUP, "192.0.2.2 has 90"), 3);
        history.happens(6_000_000, move("VI_2", RouterState.BACKUP, RouterState.FAULT, "eth1 lost its link"));
        history.happens(8_600_000, new Event.VerdictChange("chk_nginx", Health.DOWN, Health.UP, "it answers"));
        history.happens(
                8_601_000, new Event.PriorityChange("VI_1", 80, 100, RouterState.BACKUP, "check chk_nginx is fine"), 7);
        history.happens(12_200_000, move("VI_1", RouterState.BACKUP, RouterState.MASTER, "192.0.2.2 has 90"), 8);
        return history;
    }

    static Event move(String router, RouterState from, RouterState to, String cause) {
        return new Event.RouterTransition(router, from, to, cause, 100, List.of("192.0.2.50/24"), false, false);
    }

    EventRecord happens(long micros, Event event, long... causes) {
        var record = new EventRecord(
                events.size() + 1,
                START.plusNanos(micros * 1_000),
                micros * 1_000,
                "lb1",
                Arrays.stream(causes).boxed().toList(),
                event);
        events.add(record);
        return record;
    }

    @Override
    public List<EventRecord> last(int limit) {
        return search(EventFilter.ALL, limit);
    }

    @Override
    public List<EventRecord> search(EventFilter filter, int limit) {
        var found = events.stream().filter(filter::matches).toList();
        return found.subList(Math.max(0, found.size() - limit), found.size());
    }

    @Override
    public Optional<EventRecord> event(long id) {
        return events.stream().filter(record -> record.id() == id).findFirst();
    }

    @Override
    public List<EventRecord> after(long id, int limit, Duration patience) {
        throw new AssertionError("nobody follows");
    }
}
