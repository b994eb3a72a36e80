package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventRecord;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** What happened, oldest first; what happens, as it happens. */
@Service
@Command(
        scope = "ha",
        name = "events",
        description = "Lists the last events with their causes; with filters, the last ones that fit all of them")
public final class EventsCommand extends ReportCommand {

    private static final int MOST = 10_000;

    @Option(name = "-n", description = "How many events, 1 to 10000; 0 to 10000 with -f", valueToShowInHelp = "20")
    private int count = 20;

    @Option(
            name = "-f",
            aliases = "--follow",
            description = "Go on with new events as they come, one line each, until ^C")
    private boolean follow;

    @Option(
            name = "--kind",
            description = "Only events of these kinds, such as transition,verdict",
            valueToShowInHelp = "KINDS")
    @Completion(EventKinds.class)
    private String kinds = "";

    @Option(
            name = "--severity",
            description = "Only events that matter at least so much: info, warning or critical",
            valueToShowInHelp = "LEAST")
    @Completion(
            value = StringsCompleter.class,
            values = {"info", "warning", "critical"})
    private String severity = "";

    @Option(
            name = "--object",
            description = "Only events of these objects, such as VI_1,chk_*; one that begins with ! is left out",
            valueToShowInHelp = "NAMES")
    @Completion(EventObjects.class)
    private String objects = "";

    @Option(
            name = "--since",
            description = "Only events since then: 10m (ago), or a time of UTC such as 2026-11-25T10:00",
            valueToShowInHelp = "TIME")
    private String since = "";

    @Override
    void print(Services services, Paper paper) throws Exception {
        int least = follow ? 0 : 1;
        if (count < least || count > MOST) {
            throw new IllegalArgumentException("-n " + count + " is refused: allowed is " + least + " to " + MOST);
        }
        if (follow) {
            new Following(services, paper, filter()).run(count);
        } else {
            super.print(services, paper);
        }
    }

    @Override
    Report report(Services services) {
        EventFilter filter = filter();
        List<EventRecord> events = services.events().search(filter, count);
        String none = filter.equals(EventFilter.ALL) ? NotifyText.NOTHING : "nothing like that is known\n";
        return new Report(events, columns -> events.isEmpty() ? none : NotifyText.events(events, columns));
    }

    private EventFilter filter() {
        return Filters.of(kinds, severity, objects, since, Instant.now());
    }
}
