package io.halcyon.console.shell.command;

import io.halcyon.api.notify.NotifierStatus;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** All notifiers, one line each. */
@Service
@Command(scope = "notify", name = "list", description = "Lists the notifiers")
public final class NotifierListCommand extends ReportCommand {

    @Override
    Report report(Services services) {
        List<NotifierStatus> notifiers = services.notifiers().notifiers();
        return new Report(notifiers, columns -> NotifyText.list(notifiers, Instant.now(), columns));
    }
}
