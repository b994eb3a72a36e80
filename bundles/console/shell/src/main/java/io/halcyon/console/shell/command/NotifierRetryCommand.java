package io.halcyon.console.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Not to wait any longer, and to try once more what was given up. */
@Service
@Command(
        scope = "notify",
        name = "retry",
        description = "Tries again at once: what waits, and the events that were given up, all of them or those named")
public final class NotifierRetryCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the notifier", required = true)
    @Completion(NotifierNames.class)
    private String name = "";

    @Argument(index = 1, name = "id", description = "Ids of events that were given up", multiValued = true)
    @Completion(DeadLetterIds.class)
    private List<String> ids = List.of();

    @Override
    Report report(Services services) {
        services.notifier(name);
        int queued = services.notifiers().retry(name, Ids.of(ids));
        String text = name + ": tries again, " + NotifyText.letters(queued) + " queued again\n";
        return new Report(services.notifier(name), columns -> text);
    }
}
