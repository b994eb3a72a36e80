package io.halcyon.check.nginx;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.linux.process.ProcessTable;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code nginx}. */
@Component(service = HealthCheckFactory.class)
public final class NginxCheckFactory implements HealthCheckFactory<NginxKeys> {

    @Override
    public String type() {
        return "nginx";
    }

    @Override
    public Class<NginxKeys> parameters() {
        return NginxKeys.class;
    }

    @Override
    public HealthCheck create(String name, NginxKeys keys) {
        if (keys.pid_file().isEmpty() && keys.process().isEmpty()) {
            throw refused("process", "", "a name, since there is no pid.file");
        }
        return new NginxCheck(
                new MasterProcess(ProcessTable.system(), keys.pid_file(), keys.process()),
                http(keys),
                status(keys),
                remedy(name, keys));
    }

    private static @Nullable HttpPart http(NginxKeys keys) {
        if (keys.http_url().isEmpty()) {
            return null;
        }
        var probe = named("http.url", keys.http_url(), () -> HttpProbe.of(keys.http_url(), keys.http_host()));
        var codes = named("http.status", Arrays.toString(keys.http_status()), () -> StatusCodes.of(keys.http_status()));
        return new HttpPart(probe, codes, keys.http_body());
    }

    private static @Nullable StatusPart status(NginxKeys keys) {
        if (keys.status_url().isEmpty()) {
            return null;
        }
        var probe = named("status.url", keys.status_url(), () -> HttpProbe.of(keys.status_url(), ""));
        return new StatusPart(probe, new StatusPart.Limits(keys.active_max(), keys.waiting_max(), keys.dropped_max()));
    }

    private static @Nullable Remedy remedy(String name, NginxKeys keys) {
        if (keys.restart_command().isEmpty()) {
            return null;
        }
        var command =
                named("restart.command", keys.restart_command(), () -> ExternalCommand.of(keys.restart_command(), ""));
        return new Remedy(
                name,
                command,
                new Remedy.Limits(nanos(keys.restart_wait()), keys.restart_max(), nanos(keys.restart_window())));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
