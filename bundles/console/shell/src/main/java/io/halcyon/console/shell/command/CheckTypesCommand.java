package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckType;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What {@code type = } may be, and the keys of each. */
@Service
@Command(scope = "check", name = "types", description = "Lists the installed types of health checks with their keys")
public final class CheckTypesCommand extends ReportCommand {

    @Argument(index = 0, name = "type", description = "Only this type")
    @Completion(CheckTypeNames.class)
    private String type = "";

    @Argument(index = 1, name = "key", description = "Only this key of it, or of those that every check has")
    @Completion(CheckTypeKeys.class)
    private String key = "";

    @Override
    Report report(Services services) {
        List<CheckType> types = type.isEmpty() ? services.checks().types() : List.of(services.checkType(type, key));
        List<CheckType.Parameter> common = key.isEmpty() ? services.checks().commonKeys() : List.of();
        return new Report(types, columns -> CheckText.types(types, common, columns));
    }
}
