package io.halcyon.console.shell.command;

import io.halcyon.api.vrrp.RouterStatus;
import java.time.Instant;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** One router with timers, counters and faults. */
@Service
@Command(scope = "vrrp", name = "show", description = "Shows everything about a virtual router")
public final class RouterShowCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the router", required = true)
    @Completion(RouterNames.class)
    private String name = "";

    @Override
    Report report(Services services) {
        RouterStatus router = services.router(name);
        return new Report(router, columns -> RouterText.show(router, Instant.now(), columns));
    }
}
