package io.halcyon.notify.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.testkit.Await;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.RealKeepalived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keepalived itself runs, and what we run for the same transitions. Keepalived keeps no order, we do. */
@Tag("lab")
@InNetworkNamespace
@Timeout(60)
class SideBySideTest {

    private static final List<String> SPECIFIC = List.of("master", "backup", "fault", "stop");

    @TempDir
    Path directory;

    @Test
    void theSameTransitionsRunTheSameScriptsWithTheSameArguments() throws Exception {
        var theirs = workshop("theirs");
        try (var keepalived = new RealKeepalived(directory, "", lines(theirs, "group"), lines(theirs, "instance"))) {
            // A specific and a generic run for each of instance and group, for each transition.
            awaitCalls(theirs, 8);
            keepalived.unplug();
            awaitCalls(theirs, 12);
            keepalived.plugIn();
            awaitCalls(theirs, 20);
            keepalived.stop();
            awaitCalls(theirs, 24);
        }

        assertThat(theirs.calls()).containsExactlyInAnyOrderElementsOf(ours());
    }

    private List<String> ours() throws Exception {
        var workshop = workshop("ours");
        var instance = notifier(workshop, "instance");
        var group = notifier(workshop, "group");
        for (var state : List.of("BACKUP", "MASTER", "FAULT", "BACKUP", "MASTER", "INIT")) {
            boolean stopping = state.equals("INIT");
            var to = RouterState.valueOf(state);
            instance.deliver(Events.record(
                    1,
                    new Event.RouterTransition("VI_1", RouterState.INIT, to, "test", 150, List.of(), stopping, false)));
            group.deliver(
                    Events.record(2, new Event.GroupTransition("G1", RouterState.INIT, to, "test", stopping, false)));
        }
        return workshop.calls();
    }

    private static ExecNotifier notifier(Workshop workshop, String name) {
        var keys = new HashMap<String, Object>();
        commands(workshop, name).forEach((key, line) -> keys.put(key.replace('_', '.'), line));
        return (ExecNotifier) new ExecNotifierFactory().create(name, Keys.of(ExecKeys.class, keys));
    }

    private static String lines(Workshop workshop, String name) {
        var lines = new StringBuilder();
        commands(workshop, name)
                .forEach((key, line) ->
                        lines.append(key).append(" \"").append(line).append("\"\n"));
        return lines.toString();
    }

    /** By keepalived's keyword; the arguments tell whose it is. */
    private static Map<String, String> commands(Workshop workshop, String name) {
        var witness = workshop.directory().resolve("witness");
        var commands = new HashMap<String, String>();
        SPECIFIC.forEach(state -> commands.put("notify_" + state, witness + " " + name + " 'in  " + state + "'"));
        commands.put("notify", witness + " " + name + " any");
        return commands;
    }

    private Workshop workshop(String name) throws IOException {
        var workshop = new Workshop(Files.createDirectory(directory.resolve(name)));
        workshop.shell("witness", "line=$(printf '<%s>' \"$@\")\necho \"$line\" >> $D/calls");
        return workshop;
    }

    private static void awaitCalls(Workshop workshop, int count) throws Exception {
        Await.until(count + " scripts have run", () -> workshop.calls().size() >= count);
    }
}
