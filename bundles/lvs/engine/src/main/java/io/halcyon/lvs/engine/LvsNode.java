package io.halcyon.lvs.engine;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
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
 * What {@code etc/io.halcyon.lvs.node.cfg} says: a family with one object, so that a bad edit is refused and survived like
 * everywhere. Thread-safe.
 */
@Component(
        service = {LvsNode.class, ManagedService.class},
        property = "service.pid=" + NodeKeys.PID,
        immediate = true)
public final class LvsNode implements ManagedService {

    private static final Logger LOG = LoggerFactory.getLogger(LvsNode.class);

    private final ScheduledThreadPoolExecutor timer = Threads.passing("lvs-node");
    private final Sinks sinks = new Sinks();
    private final Family<NodeSettings> family;

    // Guarded by this.
    private NodeSettings settings = NodeSettings.NONE;
    private Consumer<NodeSettings> listener = none -> {};

    @Activate
    public LvsNode(@Reference ConfigurationAdmin configurations) {
        this(Path.of(System.getProperty("karaf.data", "data"), "accepted"));
        anticipate(configurations);
    }

    LvsNode(Path accepted) {
        family = new Family<>(NodeKeys.PID, accepted, timer, NodeSettings::of, new Keeper(), new Notices(sinks));
    }

    @Deactivate
    void deactivate() {
        family.close();
        timer.shutdownNow();
    }

    /** Where events of this and of the engine go. */
    Sinks sinks() {
        return sinks;
    }

    /** Tells the settings there are, and all later ones, on any thread. */
    synchronized void follow(Consumer<NodeSettings> follower) {
        listener = follower;
        follower.accept(settings);
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
            throw new ConfigurationException(refusal.key(), refusal.getMessage(), refusal);
        }
    }

    /** ConfigAdmin tells what is configured a little later than the first virtual server begins. */
    private void anticipate(ConfigurationAdmin configurations) {
        try {
            var found = configurations.listConfigurations("(service.pid=" + NodeKeys.PID + ")");
            if (found != null && found[0].getProperties() != null) {
                var keys = FrameworkUtil.asMap(found[0].getProperties());
                set(NodeSettings.of(ConfigText.of(NodeKeys.PID, NodeKeys.PID, keys)));
            }
        } catch (IOException | InvalidSyntaxException | Refusal e) {
            LOG.debug("the node's keys are not known yet: {}", e.toString());
        }
    }

    private synchronized void set(NodeSettings changed) {
        if (!changed.equals(settings)) {
            settings = changed;
            listener.accept(changed);
        }
    }

    private final class Keeper implements Family.Objects<NodeSettings> {

        @Override
        public void apply(String name, NodeSettings changed) {
            set(changed);
        }

        @Override
        public void remove(String name) {
            set(NodeSettings.NONE);
        }
    }
}
