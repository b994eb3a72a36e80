package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventRecord;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What happened, oldest first. */
@Service
@Command(scope = "ha", name = "events", description = "Lists the last events with their causes")
public final class EventsCommand extends ReportCommand {

    private static final int MOST = 1000;

    @Option(name = "-n", description = "How many events, 1 to 1000", valueToShowInHelp = "20")
    private int count = 20;

    @Override
    Report report(Services services) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("-n " + count + " is refused: allowed is 1 to " + MOST);
        }
        List<EventRecord> events = services.events().last(count);
        return new Report(events, NotifyText.events(events));
    }
}
