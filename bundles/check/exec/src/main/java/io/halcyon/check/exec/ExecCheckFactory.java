package io.halcyon.check.exec;

import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.linux.process.CommandLine;
import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.linux.process.ScriptUser;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code exec}. */
@Component(service = HealthCheckFactory.class)
public final class ExecCheckFactory implements HealthCheckFactory<ExecKeys> {

    @Override
    public String type() {
        return "exec";
    }

    @Override
    public Class<ExecKeys> parameters() {
        return ExecKeys.class;
    }

    @Override
    public HealthCheck create(String name, ExecKeys keys) {
        var line = named("script", keys.script(), "a command line", () -> CommandLine.parse(keys.script()));
        var user = named("user", keys.user(), "'user', 'user group' or 'user:group'", () -> ScriptUser.of(keys.user()));
        var command = named("script", keys.script(), "a command", () -> new ExternalCommand(line, user));
        return new ExecCheck(command, keys.misc_dynamic());
    }

    private static <T> T named(String key, String value, String allowed, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw refused(key, value, allowed + " (" + e.getMessage() + ")", e);
        }
    }
}
