package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckStatus;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The end of {@code check:force} and {@code check:disable}. */
@Service
@Command(
        scope = "check",
        name = "enable",
        description = "Returns a health check to normal after check:force or check:disable")
public final class CheckEnableCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the check", required = true)
    @Completion(CheckNames.class)
    private String name = "";

    @Override
    Report report(Services services) {
        boolean held = services.check(name).hold() != null;
        CheckStatus check = services.checks().enable(name);
        return new Report(check, columns -> name + ": " + (held ? "back to normal" : "it was as usual") + "\n");
    }
}
