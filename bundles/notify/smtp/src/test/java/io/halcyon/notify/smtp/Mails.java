package io.halcyon.notify.smtp;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.testkit.Keys;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events to send, and notifiers to send them with. Names no mail class. */
final class Mails {

    static final Instant AT = Instant.parse("2026-06-30T13:28:55.310Z");

    private Mails() {}

    static EventRecord transition(long id, String cause) {
        return record(
                id,
                new Event.RouterTransition(
                        "VI_1",
                        RouterState.BACKUP,
                        RouterState.MASTER,
                        cause,
                        90,
                        List.of("192.0.2.50/24"),
                        false,
                        false));
    }

    static EventRecord record(long id, Event event) {
        return new EventRecord(id, AT, id, "lb1", List.of(15L, 16L), event);
    }

    /** A notifier to a server on this machine; the keys given win. */
    static SmtpNotifier notifier(int port, Map<String, Object> more) {
        var keys = new HashMap<String, Object>(Map.of(
                "notification.email",
                new String[] {"ops@example.org"},
                "notification.email.from",
                "halcyon@example.org",
                "smtp.port",
                port,
                "smtp.connect.timeout",
                5.0));
        keys.putAll(more);
        return (SmtpNotifier) new SmtpNotifierFactory().create("ops", Keys.of(SmtpKeys.class, keys));
    }
}
