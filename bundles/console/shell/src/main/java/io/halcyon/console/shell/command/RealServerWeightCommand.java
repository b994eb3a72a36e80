package io.halcyon.console.shell.command;

import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.VirtualServerService;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** A weight by hand. */
@Service
@Command(scope = "lvs", name = "weight", description = "Gives a real server a weight, also over a restart")
public final class RealServerWeightCommand extends RealServerCommand {

    private static final String CONFIGURED = "configured";

    /** What the service takes for it. */
    private static final int AS_CONFIGURED = -1;

    @Argument(
            index = 2,
            name = "weight",
            description = "0 to 2147483647, or configured to return to that of the configuration",
            required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {CONFIGURED, "0", "1"})
    private String weight = "";

    @Override
    void command(VirtualServerService service, String virtualServer, String server) {
        service.weight(virtualServer, server, weight.equals(CONFIGURED) ? AS_CONFIGURED : number());
    }

    private int number() {
        try {
            if (weight.matches("\\d+")) {
                return Integer.parseInt(weight);
            }
        } catch (NumberFormatException tooLarge) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "weight " + weight + " is refused: allowed is 0 to " + Integer.MAX_VALUE + ", or " + CONFIGURED);
    }

    @Override
    String text(RealServerStatus server) {
        return weight.equals(CONFIGURED)
                ? "weight " + server.weight() + " as configured"
                : VirtualServerText.state(server);
    }
}
