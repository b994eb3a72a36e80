package io.halcyon.console.shell.command;

import io.halcyon.api.lvs.VirtualServerExplanation;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Why a virtual server is as it is. */
@Service
@Command(
        scope = "lvs",
        name = "explain",
        description =
                "Says why a virtual server is UP or DOWN, what would change it, and what real servers and network need")
public final class VirtualServerExplainCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the virtual server", required = true)
    @Completion(VirtualServerNames.class)
    private String name = "";

    @Override
    Report report(Services services) {
        services.virtualServer(name);
        VirtualServerExplanation explanation = services.virtualServers().explain(name);
        return new Report(explanation, columns -> VirtualServerText.explain(explanation, columns));
    }
}
