package io.halcyon.console.shell.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** A planned handover. */
@Service
@Command(
        scope = "vrrp",
        name = "failover",
        description = "Hands the addresses of a virtual router over to a backup now")
public final class RouterFailoverCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the router", required = true)
    @Completion(RouterNames.class)
    private String name = "";

    @Override
    Report report(Services services) {
        services.routers().failover(name);
        return new Report(services.router(name), columns -> name + ": handing over\n");
    }
}
