package io.halcyon.console.shell.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** A message past the queue. */
@Service
@Command(scope = "notify", name = "test", description = "Sends a trial message and waits for the outcome")
public final class NotifierTestCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the notifier", required = true)
    @Completion(NotifierNames.class)
    private String name = "";

    @Override
    Report report(Services services) throws InterruptedException {
        String trouble = services.notifiers().test(name);
        if (!trouble.isEmpty()) {
            throw new IllegalStateException(name + ": not delivered, " + trouble);
        }
        return new Report(services.notifier(name), columns -> name + ": delivered\n");
    }
}
