package io.halcyon.notify.engine;

import io.halcyon.api.node.Node;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * What {@code etc/io.halcyon.cfg} says of this node. Thread-safe.
 *
 * <p>It is a family with one object, so that a bad edit is refused and survived like everywhere.
 */
@Component(
        service = {Node.class, ManagedService.class},
        property = "service.pid=" + NodeKeys.PID,
        immediate = true)
public final class ConfiguredNode implements Node, ManagedService {

    private static final Schema<NodeKeys> SCHEMA = Schema.of(NodeKeys.class);

    private final ScheduledExecutorService timer = Threads.timer(() -> "node-timer");
    private final Family<Settings> family;

    private volatile String routerId = HostName.read();

    /**
     * The node's keys, checked.
     *
     * @param routerId empty for the host name
     */
    record Settings(String routerId) {

        static Settings of(ConfigText text) throws Refusal {
            text.requireKnown(List.of(SCHEMA));
            var routerId = text.bind(SCHEMA).router_id().strip();
            if (routerId.chars().anyMatch(Character::isISOControl)) {
                throw text.refuse("router.id", "one line of text");
            }
            return new Settings(routerId);
        }
    }

    @Activate
    public ConfiguredNode() {
        this(Path.of(System.getProperty("karaf.data", "data"), "accepted"));
    }

    ConfiguredNode(Path accepted) {
        var notices = new Notices("io.halcyon.node", event -> {});
        family = new Family<>(NodeKeys.PID, accepted, timer, Settings::of, new Keeper(), notices);
    }

    @Deactivate
    void deactivate() {
        family.close();
        timer.shutdownNow();
    }

    @Override
    public String routerId() {
        return routerId;
    }

    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        if (properties == null) {
            family.deleted(NodeKeys.PID);
            return;
        }
        try {
            family.updated(NodeKeys.PID, FrameworkUtil.asMap(properties));
        } catch (Refusal refusal) {
            throw new ConfigurationException(refusal.key(), refusal.getMessage());
        }
    }

    private final class Keeper implements Family.Objects<Settings> {

        @Override
        public void apply(String name, Settings settings) {
            routerId = settings.routerId().isEmpty() ? HostName.read() : settings.routerId();
        }

        @Override
        public void remove(String name) {
            routerId = HostName.read();
        }
    }
}
