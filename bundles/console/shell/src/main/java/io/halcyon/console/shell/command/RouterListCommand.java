package io.halcyon.console.shell.command;

import io.halcyon.api.vrrp.RouterStatus;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** All routers, one line each. */
@Service
@Command(scope = "vrrp", name = "list", description = "Lists the virtual routers")
public final class RouterListCommand extends ReportCommand {

    @Override
    Report report(Services services) {
        List<RouterStatus> routers = services.routers().routers();
        return new Report(routers, columns -> RouterText.list(routers, Instant.now(), columns));
    }
}
