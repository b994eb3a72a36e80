package io.halcyon.console.shell.command;

import io.halcyon.api.vrrp.RouterStatus;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** A priority by hand. */
@Service
@Command(
        scope = "vrrp",
        name = "priority",
        description = "Overrides the priority of a virtual router, until the next start unless saved")
public final class RouterPriorityCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the router", required = true)
    @Completion(RouterNames.class)
    private String name = "";

    @Argument(index = 1, name = "priority", description = "1 to 254; 0 returns to the configured one")
    private @Nullable Integer priority;

    @Option(name = "--save", description = "Keep the override over a restart")
    private boolean save;

    @Option(name = "--reset", description = "Return to the configured priority")
    private boolean reset;

    @Override
    Report report(Services services) {
        if (reset == (priority != null)) {
            throw new IllegalArgumentException("give either a priority, 1 to 254, or --reset");
        }
        int wanted = priority == null ? 0 : priority;
        services.routers().priority(name, wanted, save);
        RouterStatus router = services.router(name);
        String what = wanted == 0 ? "priority as configured" : "priority " + wanted + (save ? ", saved" : "");
        return new Report(router, columns -> name + ": " + what + "\n");
    }
}
