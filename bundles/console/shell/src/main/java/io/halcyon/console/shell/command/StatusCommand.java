package io.halcyon.console.shell.command;

import java.time.Instant;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Node, routers, addresses, checks, notifiers and warnings. */
@Service
@Command(scope = "ha", name = "status", description = "Shows the whole node on one screen")
public final class StatusCommand extends ReportCommand {

    @Override
    Report report(Services services) {
        Overview overview = Overview.of(services);
        return new Report(overview, columns -> overview.text(Instant.now(), columns));
    }
}
