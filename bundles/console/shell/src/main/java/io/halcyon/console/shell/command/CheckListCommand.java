package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.StartLateness;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** All checks, one line each. */
@Service
@Command(scope = "check", name = "list", description = "Lists the health checks")
public final class CheckListCommand extends ReportCommand {

    @Override
    Report report(Services services) {
        List<CheckStatus> checks = services.checks().checks();
        StartLateness starts = services.checks().startLateness();
        return new Report(
                checks, columns -> CheckText.list(checks, Instant.now(), columns) + CheckText.lateness(starts));
    }
}
