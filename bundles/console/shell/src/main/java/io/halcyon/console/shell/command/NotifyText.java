package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.NotifierStatus;
import java.time.Instant;
import java.util.List;

/** Notifiers and events for a person. */
final class NotifyText {

    static final String NONE = "no notifiers: none is configured in etc/io.halcyon.notify-NAME.cfg\n";

    private NotifyText() {}

    static String list(List<NotifierStatus> notifiers, Instant now) {
        var table = new Table(
                "NOTIFIER", "TYPE", "STATE", "QUEUED", "DELIVERED", "FAILED", "LOST", "LAST DELIVERY", "LAST ERROR");
        for (NotifierStatus notifier : notifiers) {
            Instant last = notifier.lastDelivery();
            table.row(
                    notifier.name(),
                    notifier.type(),
                    notifier.state(),
                    notifier.queued(),
                    notifier.delivered(),
                    notifier.failed(),
                    notifier.lost(),
                    last == null ? "-" : Words.since(last, now) + " ago",
                    Words.orDash(notifier.lastError()));
        }
        return table.isEmpty() ? NONE : table.toString();
    }

    static String events(List<EventRecord> events) {
        var table = new Table("ID", "AT", "SEVERITY", "OBJECT", "CAUSED BY", "EVENT");
        for (EventRecord event : events) {
            table.row(
                    event.id(),
                    event.at(),
                    event.event().severity(),
                    event.event().object(),
                    Words.list(event.causes().stream().map(String::valueOf).toList()),
                    event.event().text());
        }
        return table.isEmpty() ? "nothing has happened yet\n" : table.toString();
    }
}
