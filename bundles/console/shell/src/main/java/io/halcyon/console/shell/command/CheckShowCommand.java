package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckStatus;
import java.time.Instant;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** One check with its last run. */
@Service
@Command(scope = "check", name = "show", description = "Shows everything about a health check")
public final class CheckShowCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the check", required = true)
    @Completion(CheckNames.class)
    private String name = "";

    @Override
    Report report(Services services) {
        CheckStatus check = services.check(name);
        return new Report(check, columns -> CheckText.show(check, Instant.now(), columns));
    }
}
