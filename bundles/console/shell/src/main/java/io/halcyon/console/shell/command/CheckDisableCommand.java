package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckStatus;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** A check that is to leave its thing alone. */
@Service
@Command(
        scope = "check",
        name = "disable",
        description = "Stops a health check and leaves its verdict as it is, also over a restart")
public final class CheckDisableCommand extends HoldCommand {

    @Override
    CheckStatus hold(Services services, String check, @Nullable Duration length, String why) {
        return services.checks().disable(check, length, why);
    }
}
