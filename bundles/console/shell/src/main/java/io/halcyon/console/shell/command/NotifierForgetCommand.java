package io.halcyon.console.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Nobody needs to be told any more. */
@Service
@Command(scope = "notify", name = "forget", description = "Removes events that a notifier gave up, for good")
public final class NotifierForgetCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the notifier", required = true)
    @Completion(NotifierNames.class)
    private String name = "";

    @Argument(index = 1, name = "id", description = "Ids of events that were given up", multiValued = true)
    @Completion(DeadLetterIds.class)
    private List<String> ids = List.of();

    @Option(name = "--all", description = "All that were given up")
    private boolean all;

    @Override
    Report report(Services services) {
        if (all != ids.isEmpty()) {
            throw new IllegalArgumentException("give either ids of events or --all");
        }
        services.notifier(name);
        int removed = services.notifiers().forget(name, Ids.of(ids));
        return new Report(services.notifier(name), columns -> name + ": " + NotifyText.letters(removed) + " removed\n");
    }
}
