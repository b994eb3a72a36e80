package io.halcyon.console.shell.command;

import io.halcyon.console.shell.line.Completions;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** What the completion of bash asks: it is the same as with TAB in the shell. */
@Service
@Command(scope = "ha", name = "complete", description = "Completes a command line, for the completion of bash")
public final class CompleteCommand implements Action {

    @Argument(
            index = 0,
            name = "words",
            description = "Words of the line up to the cursor, one per line",
            required = true)
    private String words = "";

    @Reference
    private Session session;

    @Override
    public @Nullable Object execute() {
        Completions.of(session, List.of(words.split("\n", -1)))
                .forEach(word -> session.getConsole().println(word));
        return null;
    }
}
