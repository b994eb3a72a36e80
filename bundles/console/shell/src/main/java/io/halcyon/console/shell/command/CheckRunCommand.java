package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckStatus;
import java.time.Instant;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** One run on demand. */
@Service
@Command(scope = "check", name = "run", description = "Runs a health check now; the result counts like any other")
public final class CheckRunCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the check", required = true)
    @Completion(CheckNames.class)
    private String name = "";

    @Override
    Report report(Services services) throws InterruptedException {
        CheckStatus check = services.checks().run(name);
        return new Report(check, columns -> CheckText.show(check, Instant.now(), columns));
    }
}
