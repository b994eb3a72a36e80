package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckType;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What {@code type = } may be, and the keys of each. */
@Service
@Command(scope = "check", name = "types", description = "Lists the installed types of health checks with their keys")
public final class CheckTypesCommand extends ReportCommand {

    @Override
    Report report(Services services) {
        List<CheckType> types = services.checks().types();
        return new Report(types, CheckText.types(types));
    }
}
