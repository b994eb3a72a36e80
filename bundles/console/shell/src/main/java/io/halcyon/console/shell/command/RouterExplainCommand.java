package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.vrrp.RouterExplanation;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Why a router is where it is. */
@Service
@Command(
        scope = "vrrp",
        name = "explain",
        description = "Says why a virtual router is in its state and what would change it")
public final class RouterExplainCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the router", required = true)
    @Completion(RouterNames.class)
    private String name = "";

    @Override
    Report report(Services services) {
        RouterExplanation router = services.routers().explain(name);
        RouterExplanation explanation = TrackedChecks.explain(
                router, TrackedChecks.of(services.router(name).tracks(), services.find(CheckService.class)));
        return new Report(explanation, columns -> RouterText.explain(explanation, columns));
    }
}
