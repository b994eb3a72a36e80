package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.NotifierStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Notifiers and events for a person. */
final class NotifyText {

    static final String NONE = "no notifiers: none is configured in etc/io.halcyon.notify-NAME.cfg\n";

    private static final String[] EVENT_COLUMNS = {"ID", "AT", "SEVERITY", "OBJECT", "CAUSED BY", "EVENT"};

    /** All but the last. */
    private static final String EVENT_FRONT = "%-5s  %-24s  %-8s  %-10s  %-9s  ";

    /** Above events that are printed one by one. */
    static final String EVENT_HEADING =
            String.format(Locale.ROOT, EVENT_FRONT, (Object[]) EVENT_COLUMNS) + EVENT_COLUMNS[5] + "\n";

    private NotifyText() {}

    static String list(List<NotifierStatus> notifiers, Instant now, int columns) {
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
        return table.isEmpty() ? NONE : table.text(columns);
    }

    static String events(List<EventRecord> events, int columns) {
        var table = new Table(EVENT_COLUMNS);
        events.forEach(event -> table.row((Object[]) cells(event)));
        return table.isEmpty() ? "nothing has happened yet\n" : table.text(columns);
    }

    /** One event by itself: those that come later are not known, so the columns have usual widths. */
    static String event(EventRecord event, int columns) {
        String[] cells = cells(event);
        String front = String.format(Locale.ROOT, EVENT_FRONT, (Object[]) cells);
        int room = Math.max(Table.LEAST_LAST, columns - front.length());
        String separator = "\n" + " ".repeat(front.length());
        return front + String.join(separator, Table.wrapped(cells[cells.length - 1], room)) + "\n";
    }

    private static String[] cells(EventRecord event) {
        return new String[] {
            String.valueOf(event.id()),
            event.at().truncatedTo(ChronoUnit.MILLIS).toString(),
            event.event().severity().toString(),
            event.event().object(),
            Words.list(event.causes().stream().map(String::valueOf).toList()),
            event.event().text()
        };
    }
}
