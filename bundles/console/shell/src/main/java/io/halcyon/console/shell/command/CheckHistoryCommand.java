package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckHistory;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What a check saw and stood for. */
@Service
@Command(
        scope = "check",
        name = "history",
        description = "Shows the last results and changes of a health check, results that say the same on one line")
public final class CheckHistoryCommand extends ReportCommand {

    private static final int MOST = 1000;

    @Argument(index = 0, name = "name", description = "Name of the check", required = true)
    @Completion(CheckNames.class)
    private String name = "";

    @Option(name = "-n", description = "How many lines, 1 to 1000; 20 are kept", valueToShowInHelp = "20")
    private int count = 20;

    @Override
    Report report(Services services) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("-n " + count + " is refused: allowed is 1 to " + MOST);
        }
        List<CheckHistory> history = services.checks().history(name, count);
        return new Report(history, columns -> CheckText.history(history, columns));
    }
}
