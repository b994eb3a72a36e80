package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.DeadLetter;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.QueuedEvent;
import io.halcyon.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Notifiers and events for a person. */
final class NotifyText {

    static final String NONE = "no notifiers: none is configured in etc/io.halcyon.notify-NAME.cfg\n";

    static final String NOTHING = "nothing has happened yet\n";

    /** From here on there is room for all columns. */
    private static final int WIDE = 130;

    private static final String[] EVENT_COLUMNS = {"ID", "AT", "SEVERITY", "OBJECT", "CAUSED BY", "EVENT"};

    /** All but the last. */
    private static final String EVENT_FRONT = "%-5s  %-24s  %-8s  %-10s  %-9s  ";

    /** Above events that are printed one by one. */
    static final String EVENT_HEADING =
            String.format(Locale.ROOT, EVENT_FRONT, (Object[]) EVENT_COLUMNS) + EVENT_COLUMNS[5] + "\n";

    private NotifyText() {}

    static String list(List<NotifierStatus> notifiers, Instant now, int columns) {
        boolean wide = columns >= WIDE;
        List<String> headings = new ArrayList<>(
                List.of("NOTIFIER", "STATE", "QUEUED", "OLDEST", "DEAD", "LOST", "LAST DELIVERY", "LAST ERROR"));
        if (wide) {
            headings.add(1, "TYPE");
            headings.addAll(5, List.of("DELIVERED", "FAILED"));
        }
        var table = new Table(headings.toArray(String[]::new));
        for (NotifierStatus notifier : notifiers) {
            List<Object> row = new ArrayList<>(List.of(
                    notifier.name(),
                    notifier.state(),
                    notifier.queued(),
                    Words.since(notifier.oldest(), now),
                    notifier.dead(),
                    notifier.lost(),
                    ago(notifier.lastDelivery(), now),
                    Words.orDash(notifier.lastError())));
            if (wide) {
                row.add(1, notifier.type());
                row.addAll(5, List.of(notifier.delivered(), notifier.failed()));
            }
            table.row(row.toArray());
        }
        return table.isEmpty() ? NONE : table.text(columns);
    }

    private static String ago(@Nullable Instant then, Instant now) {
        return then == null ? "-" : Words.since(then, now) + " ago";
    }

    /** @param waiting how many there are altogether */
    static String queue(String name, List<QueuedEvent> queue, int waiting, Instant now, int columns) {
        var table = new Table("ID", "WAITS", "SEVERITY", "OBJECT", "ATTEMPTS", "LAST ERROR", "EVENT");
        for (QueuedEvent queued : queue) {
            EventRecord event = queued.event();
            table.row(
                    event.id(),
                    Words.since(event.at(), now),
                    event.event().severity(),
                    event.event().object(),
                    queued.attempts(),
                    Words.orDash(queued.lastError()),
                    event.event().text());
        }
        String more = waiting > queue.size() ? "and " + (waiting - queue.size()) + " more\n" : "";
        return table.isEmpty() ? name + ": nothing waits\n" : table.text(columns) + more;
    }

    static String dead(String name, List<DeadLetter> dead, Instant now, int columns) {
        var table = new Table("ID", "GIVEN UP", "ATTEMPTS", "OBJECT", "EVENT", "REASON");
        for (DeadLetter letter : dead) {
            EventRecord event = letter.event();
            table.row(
                    event.id(),
                    ago(letter.at(), now),
                    letter.attempts(),
                    event.event().object(),
                    event.event().text(),
                    letter.reason());
        }
        return table.isEmpty() ? name + ": nothing was given up\n" : table.text(columns);
    }

    /** One that was given up, with its whole event. */
    static String letter(String name, DeadLetter letter, Instant now, int columns) {
        EventRecord event = letter.event();
        var facts = new Table("notifier", name);
        facts.row("given up", ago(letter.at(), now) + ", after " + letter.attempts() + " attempts");
        facts.row("reason", letter.reason());
        facts.row("event", "#" + event.id() + " at " + event.at().truncatedTo(ChronoUnit.MILLIS));
        facts.row("severity", event.event().severity());
        facts.row("object", event.event().object());
        facts.row("text", event.event().text());
        facts.row("caused by", causes(event));
        return facts.text(columns) + "\n" + Json.pretty(event) + "\n";
    }

    static String letters(int number) {
        return number == 1 ? "1 dead letter" : number + " dead letters";
    }

    static String events(List<EventRecord> events, int columns) {
        var table = new Table(EVENT_COLUMNS);
        events.forEach(event -> table.row((Object[]) cells(event)));
        return table.isEmpty() ? NOTHING : table.text(columns);
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
            causes(event),
            event.event().text()
        };
    }

    private static String causes(EventRecord event) {
        return Words.list(event.causes().stream().map(String::valueOf).toList());
    }
}
