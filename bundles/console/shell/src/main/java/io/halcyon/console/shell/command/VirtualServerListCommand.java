package io.halcyon.console.shell.command;

import io.halcyon.api.lvs.VirtualServerStatus;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** All virtual servers, each with its real servers below it as ipvsadm lists them. */
@Service
@Command(scope = "lvs", name = "list", description = "Lists the virtual servers, each with its real servers below it")
public final class VirtualServerListCommand extends ReportCommand {

    @Option(name = "--short", description = "One line for each virtual server")
    private boolean brief;

    @Override
    Report report(Services services) {
        List<VirtualServerStatus> servers = services.virtualServers().virtualServers();
        Instant now = Instant.now();
        return new Report(
                servers,
                columns -> brief
                        ? VirtualServerText.brief(servers, now, columns)
                        : VirtualServerText.list(servers, now, columns));
    }
}
