package io.halcyon.console.shell.command;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventLog;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.EventTree;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Why something happened: chains of causes as a tree. */
@Service
@Command(
        scope = "ha",
        name = "timeline",
        description =
                "Shows what led to the last transitions of an object, or all around one event, as a tree of causes")
public final class TimelineCommand extends ReportCommand {

    private static final int MOST = 1_000;
    private static final int ALL = 10_000;

    @Argument(
            index = 0,
            name = "name",
            description = "Name of a router, group, check or another object, or the id of an event",
            required = true)
    @Completion(EventNames.class)
    private String name = "";

    @Option(name = "-n", description = "How many transitions of the object, 1 to 1000", valueToShowInHelp = "10")
    private int count = 10;

    @Option(
            name = "--since",
            description = "Only transitions since then: 10m (ago), or a time of UTC such as 2026-11-25T10:00",
            valueToShowInHelp = "TIME")
    private String since = "";

    @Override
    Report report(Services services) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("-n " + count + " is refused: allowed is 1 to " + MOST);
        }
        Instant from = since.isEmpty() ? Instant.MIN : Words.moment("--since", since, Instant.now());
        EventLog log = services.events();
        List<EventRecord> all = log.search(EventFilter.ALL, ALL);
        var forest = new Forest(all, log::event);
        List<EventTree> trees = name.matches("#?\\d{1,18}")
                ? forest.whole(event(log, Long.parseLong(name.replace("#", ""))))
                : forest.around(of(all, from));
        return new Report(trees, columns -> TimelineText.of(trees, columns));
    }

    private static EventRecord event(EventLog log, long id) {
        return log.event(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no event " + id + ": it has not happened yet, or is forgotten already"));
    }

    /** Its transitions; of what has none (a check, a notifier), everything. */
    private List<EventRecord> of(List<EventRecord> all, Instant from) {
        List<EventRecord> its = all.stream()
                .filter(record -> record.event().object().equals(name))
                .toList();
        if (its.isEmpty()) {
            throw Services.unknown("object that events tell of,", name, EventObjects.of(all));
        }
        List<EventRecord> moves =
                its.stream().filter(record -> isTransition(record.event())).toList();
        List<EventRecord> wanted = (moves.isEmpty() ? its : moves)
                .stream().filter(record -> !record.at().isBefore(from)).toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("nothing has happened to " + name + " since " + since);
        }
        return wanted.subList(Math.max(0, wanted.size() - count), wanted.size());
    }

    private static boolean isTransition(Event event) {
        return event instanceof Event.RouterTransition || event instanceof Event.GroupTransition;
    }
}
