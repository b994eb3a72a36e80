package io.halcyon.console.shell.command;

import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.VirtualServerService;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** No new connections. */
@Service
@Command(
        scope = "lvs",
        name = "drain",
        description = "Gives a real server no new connections and leaves it those it has, also over a restart")
public final class RealServerDrainCommand extends RealServerCommand {

    @Option(
            name = "--deadline",
            description =
                    "After how long connections that are left are ended, such as 30s, 10m or 2h; without it, never",
            valueToShowInHelp = "DURATION")
    @Completion(
            value = StringsCompleter.class,
            values = {"30s", "5m", "10m", "30m", "1h"})
    private @Nullable String deadline;

    @Option(
            name = "--for",
            description = "After how long it returns, such as 30s, 10m, 2h or 1d; without it, at lvs:undrain",
            valueToShowInHelp = "DURATION")
    @Completion(
            value = StringsCompleter.class,
            values = {"10m", "30m", "1h", "2h", "8h", "1d"})
    private @Nullable String lasting;

    @Option(name = "--reason", description = "Why, for whoever sees it later", valueToShowInHelp = "TEXT")
    private String reason = "";

    @Override
    void command(VirtualServerService service, String virtualServer, String server) {
        Duration left = deadline == null ? null : Words.duration("--deadline", deadline);
        Duration length = lasting == null ? null : Words.duration("--for", lasting);
        service.drain(virtualServer, server, left, length, reason);
    }

    @Override
    String text(RealServerStatus server) {
        return VirtualServerText.state(server);
    }
}
