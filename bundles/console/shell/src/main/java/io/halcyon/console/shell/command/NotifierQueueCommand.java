package io.halcyon.console.shell.command;

import io.halcyon.api.notify.QueuedEvent;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What waits. */
@Service
@Command(scope = "notify", name = "queue", description = "Lists the events that wait for a notifier, oldest first")
public final class NotifierQueueCommand extends ReportCommand {

    private static final int MOST = 10_000;

    @Argument(index = 0, name = "name", description = "Name of the notifier", required = true)
    @Completion(NotifierNames.class)
    private String name = "";

    @Option(name = "-n", description = "How many events, 1 to 10000", valueToShowInHelp = "20")
    private int count = 20;

    @Override
    Report report(Services services) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("-n " + count + " is refused: allowed is 1 to " + MOST);
        }
        int waiting = services.notifier(name).queued();
        List<QueuedEvent> queue = services.notifiers().queue(name, count);
        return new Report(queue, columns -> NotifyText.queue(name, queue, waiting, Instant.now(), columns));
    }
}
