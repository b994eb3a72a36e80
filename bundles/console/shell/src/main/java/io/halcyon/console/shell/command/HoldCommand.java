package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckHold;
import io.halcyon.api.check.CheckStatus;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** What commands have in common that hold a verdict by hand. */
abstract class HoldCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the check", required = true)
    @Completion(CheckNames.class)
    private String name = "";

    @Option(
            name = "--for",
            description = "How long, such as 30s, 10m, 2h or 1d; without it, until check:enable",
            valueToShowInHelp = "DURATION")
    @Completion(
            value = StringsCompleter.class,
            values = {"10m", "30m", "1h", "2h", "8h", "1d"})
    private @Nullable String lasting;

    @Option(name = "--reason", description = "Why, for whoever sees it later", valueToShowInHelp = "TEXT")
    private String reason = "";

    abstract CheckStatus hold(Services services, String check, @Nullable Duration length, String why);

    @Override
    final Report report(Services services) {
        services.check(name);
        Duration length = lasting == null ? null : Words.duration("--for", lasting);
        CheckStatus check = hold(services, name, length, reason);
        CheckHold hold = check.hold();
        return new Report(check, columns -> name + ": " + (hold == null ? "not held" : hold.text()) + "\n");
    }
}
