package io.halcyon.notify.syslog;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.notify.Notifier;
import io.halcyon.testkit.Keys;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/** Notifiers and events for tests. */
final class Syslogs {

    static final Instant AT = Instant.parse("2026-06-03T13:28:55.310987654Z");

    private Syslogs() {}

    /** Keys, two by two. */
    static Notifier notifier(Object... keys) {
        return new SyslogNotifierFactory().create("log", keys(keys));
    }

    static SyslogKeys keys(Object... keys) {
        var values = new HashMap<String, Object>();
        for (int i = 0; i < keys.length; i += 2) {
            values.put((String) keys[i], keys[i + 1]);
        }
        return Keys.of(SyslogKeys.class, values);
    }

    static EventRecord transition(long id, RouterState from, RouterState to) {
        return record(
                id,
                new Event.RouterTransition(
                        "VI_1", from, to, "the master fell silent", 100, List.of("192.0.2.50/24"), false, false));
    }

    static EventRecord verdict(long id, String reason) {
        return record(id, new Event.VerdictChange("chk_web", Health.UP, Health.DOWN, reason));
    }

    static EventRecord record(long id, Event event) {
        return new EventRecord(id, AT, id, "lb1", List.of(id - 1), event);
    }
}
