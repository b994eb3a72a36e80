package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Verdict;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** One run on demand. */
@Service
@Command(
        scope = "check",
        name = "run",
        description = "Runs a health check now and shows each step; the result counts like any other")
public final class CheckRunCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the check", required = true)
    @Completion(CheckNames.class)
    private String name = "";

    @Override
    Report report(Services services) throws InterruptedException {
        Verdict before = services.check(name).verdict();
        CheckStatus check = services.checks().run(name);
        return new Report(check, columns -> CheckText.run(before, check, columns));
    }
}
