package io.halcyon.vrrp.engine;

import io.halcyon.settings.Family;
import io.halcyon.vrrp.engine.loop.RouterSettings;
import io.halcyon.vrrp.engine.loop.Track;
import io.halcyon.vrrp.engine.loop.VrrpLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configured routers and their overrides; passes changes on to the loop. Thread-safe. */
final class Routers implements Family.Objects<RouterSettings> {

    private static final Logger LOG = LoggerFactory.getLogger(Routers.class);

    private final VrrpLoop loop;
    private final Overrides overrides;
    private final Map<String, RouterSettings> configured = new ConcurrentHashMap<>();
    private final Map<String, Integer> priorities = new ConcurrentHashMap<>();
    private volatile Supplier<Set<String>> pendingRemoval = Set::of;

    Routers(VrrpLoop loop, Overrides overrides) {
        this.loop = loop;
        this.overrides = overrides;
    }

    void pendingRemoval(Supplier<Set<String>> names) {
        pendingRemoval = names;
    }

    /** Another router with the same id on the same interface, unless it is about to be removed. */
    @Nullable
    String rivalOf(RouterSettings settings) {
        Set<String> leaving = pendingRemoval.get();
        for (RouterSettings other : configured.values()) {
            if (!other.name().equals(settings.name())
                    && !leaving.contains(other.name())
                    && other.networkInterface().equals(settings.networkInterface())
                    && other.protocol().vrid() == settings.protocol().vrid()) {
                return other.name();
            }
        }
        return null;
    }

    @Override
    public void apply(String name, RouterSettings settings) {
        configured.put(name, settings);
        loop.configure(settings, priorities.computeIfAbsent(name, this::saved));
    }

    @Override
    public void rename(String from, String to, RouterSettings settings) {
        configured.remove(from);
        configured.put(to, settings);
        loop.rename(from, settings, priorities.computeIfAbsent(to, this::saved));
    }

    @Override
    public void remove(String name) {
        configured.remove(name);
        priorities.remove(name);
        loop.remove(name, "configuration removed");
    }

    private int saved(String name) {
        try {
            return overrides.priority(name);
        } catch (IOException e) {
            LOG.warn("{} override not read: {}", name, e.getMessage());
            return 0;
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
