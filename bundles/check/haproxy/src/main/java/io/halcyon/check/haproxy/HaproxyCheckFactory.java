package io.halcyon.check.haproxy;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.spi.check.Source;
import io.halcyon.spi.host.SocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Makes checks of the type {@code haproxy}. */
@Component(service = HealthCheckFactory.class)
public final class HaproxyCheckFactory implements HealthCheckFactory<HaproxyKeys> {

    /** The kernel's limit for the path of a Unix socket, see unix(7). */
    private static final int MOST_PATH_BYTES = 107;

    private final AtomicReference<@Nullable SocketOptions> socketOptions = new AtomicReference<>();

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

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSocketOptions(SocketOptions options) {
        socketOptions.set(options);
    }

    void unsetSocketOptions(SocketOptions options) {
        socketOptions.compareAndSet(options, null);
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

    private @Nullable StatsPage page(HaproxyKeys keys) {
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
        var way =
                new Way(Source.of(keys.bindto(), keys.bind_port(), keys.bind_if(), keys.fwmark()), socketOptions::get);
        return named(
                "stats.url",
                keys.stats_url(),
                () -> StatsPage.of(keys.stats_url(), credentials, keys.response_max(), way));
    }
}
