package io.halcyon.console.shell.command;

import io.halcyon.api.lvs.VirtualServerStatus;
import java.time.Instant;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** One virtual server with its real servers, their checks, and what was decided by hand. */
@Service
@Command(scope = "lvs", name = "show", description = "Shows everything about a virtual server")
public final class VirtualServerShowCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the virtual server", required = true)
    @Completion(VirtualServerNames.class)
    private String name = "";

    @Override
    Report report(Services services) {
        VirtualServerStatus server = services.virtualServer(name);
        return new Report(server, columns -> VirtualServerText.show(server, Instant.now(), columns));
    }
}
