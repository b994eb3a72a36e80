package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventRecord;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What happened, oldest first; what happens, as it happens. */
@Service
@Command(scope = "ha", name = "events", description = "Lists the last events with their causes")
public final class EventsCommand extends ReportCommand {

    private static final int MOST = 1000;

    @Option(name = "-n", description = "How many events, 1 to 1000; 0 to 1000 with -f", valueToShowInHelp = "20")
    private int count = 20;

    @Option(
            name = "-f",
            aliases = "--follow",
            description = "Go on with new events as they come, one line each, until ^C")
    private boolean follow;

    @Override
    void print(Services services, Paper paper) throws Exception {
        int least = follow ? 0 : 1;
        if (count < least || count > MOST) {
            throw new IllegalArgumentException("-n " + count + " is refused: allowed is " + least + " to " + MOST);
        }
        if (follow) {
            new Following(services, paper).run(count);
        } else {
            super.print(services, paper);
        }
    }

    @Override
    Report report(Services services) {
        List<EventRecord> events = services.events().last(count);
        return new Report(events, columns -> NotifyText.events(events, columns));
    }
}
