package io.halcyon.check.haproxy;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code haproxy}. */
@Component(service = HealthCheckFactory.class)
public final class HaproxyCheckFactory implements HealthCheckFactory<HaproxyKeys> {

    /** The kernel's limit for the path of a Unix socket, see unix(7). */
    private static final int MOST_PATH_BYTES = 107;

    @Override
    public String type() {
        return "haproxy";
    }

    @Override
    public Class<HaproxyKeys> parameters() {
        return HaproxyKeys.class;
    }

    @Override
    public HealthCheck create(String name, HaproxyKeys keys) {
        var socket = socket(keys);
        var page = page(keys);
        var pidFile = keys.pid_file().isEmpty() ? null : new PidFile(Path.of(keys.pid_file()), keys.process());
        if (socket == null && page == null && pidFile == null) {
            throw refused("socket", "", "the path of a stats socket, since there is no stats.url and no pid.file");
        }
        var demands = demands(keys);
        if (socket == null && page == null && !demands.isEmpty()) {
            var key = demands.open().isEmpty() ? "backends" : "frontends";
            var value = key.equals("backends") ? keys.backends() : keys.frontends();
            throw refused(key, Arrays.toString(value), "this only with socket or stats.url, which tell of it");
        }
        return new HaproxyCheck(pidFile, socket, page, demands, new Limits(keys.queue_max(), keys.sessions_max()));
    }

    private static Demands demands(HaproxyKeys keys) {
        var least = named("backends", Arrays.toString(keys.backends()), () -> Demands.serversUp(keys.backends()));
        return new Demands(least, keys.backends_backup(), Demands.names(keys.frontends()));
    }

    private static @Nullable StatsSocket socket(HaproxyKeys keys) {
        var path = keys.socket();
        if (path.isEmpty()) {
            return null;
        }
        if (!path.startsWith("/") || path.getBytes(StandardCharsets.UTF_8).length > MOST_PATH_BYTES) {
            throw refused("socket", path, "an absolute path of at most " + MOST_PATH_BYTES + " bytes");
        }
        return new StatsSocket(Path.of(path), keys.response_max());
    }

    private static @Nullable StatsPage page(HaproxyKeys keys) {
        if (keys.stats_user().isEmpty() && !keys.stats_password().isEmpty()) {
            throw refused("stats.user", "", "a name, since there is a stats.password");
        }
        if (keys.stats_url().isEmpty()) {
            return null;
        }
        if (keys.stats_user().contains(":")) {
            throw refused("stats.user", keys.stats_user(), "a name without a colon");
        }
        var credentials = keys.stats_user().isEmpty() ? "" : keys.stats_user() + ":" + keys.stats_password();
        return named(
                "stats.url", keys.stats_url(), () -> StatsPage.of(keys.stats_url(), credentials, keys.response_max()));
    }

    private static <T> T named(String key, String value, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw refused(key, value, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException refused(String key, String value, String allowed) {
        return new IllegalArgumentException(key + " = " + value + " is refused: allowed is " + allowed);
    }
}
