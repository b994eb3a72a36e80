package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** A verdict by hand. */
@Service
@Command(
        scope = "check",
        name = "force",
        description = "Gives a health check a verdict whatever it sees, also over a restart; it goes on looking")
public final class CheckForceCommand extends HoldCommand {

    @Argument(index = 1, name = "verdict", description = "up or down", required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"up", "down"})
    private String verdict = "";

    @Override
    CheckStatus hold(Services services, String check, @Nullable Duration length, String why) {
        Health health =
                switch (verdict) {
                    case "up", "UP" -> Health.UP;
                    case "down", "DOWN" -> Health.DOWN;
                    default -> throw new IllegalArgumentException(
                            "verdict " + verdict + " is refused: allowed is up or down");
                };
        return services.checks().force(check, health, length, why);
    }
}
