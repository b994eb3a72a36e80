package io.halcyon.console.shell.command;

import io.halcyon.api.notify.DeadLetter;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What was given up. */
@Service
@Command(
        scope = "notify",
        name = "dead",
        description = "Lists the events that a notifier gave up, with the reason; notify:retry sends them again")
public final class NotifierDeadCommand extends ReportCommand {

    @Argument(index = 0, name = "name", description = "Name of the notifier", required = true)
    @Completion(NotifierNames.class)
    private String name = "";

    @Option(name = "--show", description = "The whole event of that id", valueToShowInHelp = "ID")
    @Completion(DeadLetterIds.class)
    private String id = "";

    @Override
    Report report(Services services) {
        services.notifier(name);
        List<DeadLetter> dead = services.notifiers().dead(name);
        if (id.isEmpty()) {
            return new Report(dead, columns -> NotifyText.dead(name, dead, Instant.now(), columns));
        }
        long wanted = Ids.of(List.of(id)).get(0);
        DeadLetter letter = dead.stream()
                .filter(each -> each.event().id() == wanted)
                .findFirst()
                .orElseThrow(() -> Services.unknown(
                        "dead letter of " + name + " with the id",
                        id,
                        dead.stream()
                                .map(each -> String.valueOf(each.event().id()))
                                .toList()));
        return new Report(letter, columns -> NotifyText.letter(name, letter, Instant.now(), columns));
    }
}
