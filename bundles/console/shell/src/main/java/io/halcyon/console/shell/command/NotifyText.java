package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.DeadLetter;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.QueuedEvent;
import io.halcyon.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

    /** The same for events. */
    static final int WIDE_EVENTS = 110;

    private static final String[] EVENT_COLUMNS = {"ID", "AT", "SEVERITY", "OBJECT", "CAUSED BY", "EVENT"};

    private static final String[] NARROW_EVENT_COLUMNS = {"ID", "AT (UTC)", "OBJECT", "EVENT"};

    /** Of events that are printed one by one: those that come later are not known. */
    private static final int[] EVENT_WIDTHS = {5, 24, 8, 10, 9};

    private static final int[] NARROW_EVENT_WIDTHS = {5, 12, 10};

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

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
        boolean wide = columns >= WIDE_EVENTS;
        var table = new Table(wide ? EVENT_COLUMNS : NARROW_EVENT_COLUMNS);
        events.forEach(event -> table.row(cells(event, wide)));
        return table.isEmpty() ? NOTHING : table.text(columns);
    }

    /** Above events that are printed one by one. */
    static String eventHeading(int columns) {
        return oneByOne(columns).text(columns);
    }

    /** One event by itself. */
    static String event(EventRecord event, int columns) {
        Table table = oneByOne(columns);
        table.row(cells(event, columns >= WIDE_EVENTS));
        String text = table.text(columns);
        return text.substring(text.indexOf('\n') + 1);
    }

    private static Table oneByOne(int columns) {
        return columns >= WIDE_EVENTS
                ? new Table(EVENT_WIDTHS, EVENT_COLUMNS)
                : new Table(NARROW_EVENT_WIDTHS, NARROW_EVENT_COLUMNS);
    }

    private static Object[] cells(EventRecord event, boolean wide) {
        String object = event.event().object();
        String text = event.event().text();
        return wide
                ? new Object[] {
                    event.id(),
                    event.at().truncatedTo(ChronoUnit.MILLIS),
                    event.event().severity(),
                    object,
                    causes(event),
                    text
                }
                : new Object[] {event.id(), TIME.format(event.at()), object, text};
    }

    private static String causes(EventRecord event) {
        return Words.list(event.causes().stream().map(String::valueOf).toList());
    }
}
