package io.halcyon.console.shell.command;

import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.VirtualServerService;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** New connections again. */
@Service
@Command(scope = "lvs", name = "undrain", description = "Lets a real server that was drained serve as its checks say")
public final class RealServerUndrainCommand extends RealServerCommand {

    @Override
    void command(VirtualServerService service, String virtualServer, String server) {
        service.undrain(virtualServer, server);
    }

    @Override
    String text(RealServerStatus server) {
        return server.state() + ", " + server.reason();
    }
}
