package io.halcyon.console.shell.command;

import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.VirtualServerService;
import io.halcyon.api.lvs.VirtualServerStatus;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;

/** What commands have in common that are about one real server of a virtual server. */
abstract class RealServerCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the virtual server", required = true)
    @Completion(VirtualServerNames.class)
    private String name = "";

    @Argument(index = 1, name = "server", description = "Name of the real server", required = true)
    @Completion(RealServerNames.class)
    private String realServer = "";

    abstract void command(VirtualServerService service, String virtualServer, String server);

    /** What came of it, in a few words. */
    abstract String text(RealServerStatus server);

    @Override
    final Report report(Services services) {
        services.realServers(name, realServer);
        command(services.virtualServers(), name, realServer);
        VirtualServerStatus after = services.virtualServer(name);
        List<RealServerStatus> addresses = services.realServers(name, realServer);
        return new Report(after, columns -> addresses.stream().map(this::line).collect(Collectors.joining()));
    }

    private String line(RealServerStatus server) {
        String which = server.host().isEmpty() ? "" : " " + server.address();
        return name + " " + realServer + which + ": " + text(server) + "\n";
    }
}
