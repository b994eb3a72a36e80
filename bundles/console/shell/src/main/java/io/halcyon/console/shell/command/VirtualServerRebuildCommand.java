package io.halcyon.console.shell.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The kernel's entries anew, when everything else was tried. */
@Service
@Command(
        scope = "lvs",
        name = "rebuild",
        description = "Makes the kernel's entries of a virtual server anew; its connections are lost")
public final class VirtualServerRebuildCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the virtual server", required = true)
    @Completion(VirtualServerNames.class)
    private String name = "";

    @Option(name = "--yes", description = "Really: its connections are lost")
    private boolean yes;

    @Override
    Report report(Services services) {
        services.virtualServer(name);
        if (!yes) {
            throw new IllegalArgumentException(
                    "the connections of " + name + " would be lost; give --yes if that is what you want");
        }
        services.virtualServers().rebuild(name);
        return new Report(
                services.virtualServer(name), columns -> name + ": built anew, the connections it had are lost\n");
    }
}
