package io.halcyon.notify.engine;

import io.halcyon.api.node.Node;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code etc/io.halcyon.cfg} says of this node. Thread-safe.
 *
 * <p>It is a family with one object, so that a bad edit is refused and survived like everywhere.
 */
@Component(
        service = {Node.class, ConfiguredNode.class, ManagedService.class},
        property = "service.pid=" + NodeKeys.PID,
        immediate = true)
public final class ConfiguredNode implements Node, ManagedService {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredNode.class);
    private static final Schema<NodeKeys> SCHEMA = Schema.of(NodeKeys.class);
    private static final long MILLIS_PER_DAY = 86_400_000;

    /** The keys' defaults. */
    static final JournalLimits USUAL_LIMITS = new JournalLimits(16 << 20, 30 * MILLIS_PER_DAY);

    private final ScheduledExecutorService timer = Threads.timer(() -> "node-timer");
    private final Family<Settings> family;

    private volatile String routerId = HostName.read();
    private volatile JournalLimits journalLimits = USUAL_LIMITS;

    /**
     * The node's keys, checked.
     *
     * @param routerId empty for the host name
     */
    record Settings(String routerId, JournalLimits journal) {

        static Settings of(ConfigText text) throws Refusal {
            text.requireKnown(List.of(SCHEMA));
            var keys = text.bind(SCHEMA);
            var routerId = keys.router_id().strip();
            if (routerId.chars().anyMatch(Character::isISOControl)) {
                throw text.refuse("router.id", "one line of text");
            }
            var journal = new JournalLimits(
                    (long) keys.journal_size() << 20, Math.round(keys.journal_age() * MILLIS_PER_DAY));
            return new Settings(routerId, journal);
        }
    }

    @Activate
    public ConfiguredNode(@Reference ConfigurationAdmin configurations) {
        this(Path.of(System.getProperty("karaf.data", "data"), "accepted"));
        anticipate(configurations);
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

    JournalLimits journalLimits() {
        return journalLimits;
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

    /** ConfigAdmin tells what is configured a little later than the first events happen. */
    void anticipate(ConfigurationAdmin configurations) {
        try {
            var found = configurations.listConfigurations("(service.pid=" + NodeKeys.PID + ")");
            if (found != null && found[0].getProperties() != null) {
                var keys = FrameworkUtil.asMap(found[0].getProperties());
                new Keeper().apply(NodeKeys.PID, Settings.of(ConfigText.of(NodeKeys.PID, NodeKeys.PID, keys)));
            }
        } catch (IOException | InvalidSyntaxException | Refusal e) {
            LOG.debug("the node's configuration is not known yet: {}", e.toString());
        }
    }

    private final class Keeper implements Family.Objects<Settings> {

        @Override
        public void apply(String name, Settings settings) {
            routerId = settings.routerId().isEmpty() ? HostName.read() : settings.routerId();
            journalLimits = settings.journal();
        }

        @Override
        public void remove(String name) {
            routerId = HostName.read();
            journalLimits = USUAL_LIMITS;
        }
    }
}
