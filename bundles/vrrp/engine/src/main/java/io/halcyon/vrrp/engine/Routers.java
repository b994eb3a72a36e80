package io.halcyon.vrrp.engine;

import io.halcyon.settings.Family;
import io.halcyon.vrrp.engine.loop.RouterSettings;
import io.halcyon.vrrp.engine.loop.Track;
import io.halcyon.vrrp.engine.loop.VrrpLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configured routers and their overrides; passes changes on to the loop. Thread-safe. */
final class Routers implements Family.Objects<RouterSettings> {

    private static final Logger LOG = LoggerFactory.getLogger(Routers.class);

    private final VrrpLoop loop;
    private final ToLongFunction<String> causes;
    private final Overrides overrides;
    private final Map<String, RouterSettings> configured = new ConcurrentHashMap<>();
    private final Map<String, Integer> priorities = new ConcurrentHashMap<>();

    /** @param causes the event that told of a router's change, by its name; 0 for none */
    Routers(VrrpLoop loop, Overrides overrides, ToLongFunction<String> causes) {
        this.loop = loop;
        this.causes = causes;
        this.overrides = overrides;
    }

    @Override
    public void apply(String name, RouterSettings settings) {
        configured.put(name, settings);
        loop.configure(settings, priorities.computeIfAbsent(name, this::saved), causes.applyAsLong(name));
    }

    @Override
    public void rename(String from, String to, RouterSettings settings) {
        configured.remove(from);
        configured.put(to, settings);
        Integer running = priorities.remove(from);
        int priority = running != null ? running : saved(from);
        int saved = saved(from);
        forget(from);
        priorities.put(to, priority);
        if (saved != 0) {
            override(to, saved, true);
        }
        loop.rename(from, settings, priority, causes.applyAsLong(to));
    }

    @Override
    public void remove(String name) {
        configured.remove(name);
        priorities.remove(name);
        forget(name);
        loop.remove(name, "configuration removed", causes.applyAsLong(name));
    }

    private int saved(String name) {
        try {
            return overrides.priority(name);
        } catch (IOException e) {
            LOG.warn("{} override not read: {}", name, e.getMessage());
            return 0;
        }
    }

    private void forget(String name) {
        try {
            overrides.save(name, 0);
        } catch (IOException e) {
            LOG.warn("{} saved override not removed: {}", name, e.getMessage());
        }
    }

    void override(String name, int priority, boolean save) {
        priorities.put(name, priority);
        if (!save && priority != 0) {
            return;
        }
        try {
            overrides.save(name, priority);
        } catch (IOException e) {
            throw new IllegalArgumentException("the override holds, but cannot be saved: " + e.getMessage(), e);
        }
    }

    Map<String, List<String>> trackedChecks() {
        Map<String, List<String>> tracked = new TreeMap<>();
        configured.forEach((name, settings) -> {
            for (Track track : settings.tracks()) {
                if (track.kind() == Track.Kind.SCRIPT) {
                    tracked.computeIfAbsent(track.name(), unused -> new ArrayList<>())
                            .add(name);
                }
            }
        });
        return tracked;
    }
}
