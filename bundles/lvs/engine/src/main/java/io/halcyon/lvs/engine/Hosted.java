package io.halcyon.lvs.engine;

import io.halcyon.lvs.engine.server.ServerSettings;
import io.halcyon.lvs.engine.server.VirtualServer;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** A virtual server and the data plane that carries it out. Owned by the loop thread. */
final class Hosted {

    private static final String APPLIED = "applied";
    private static final String PENDING = "pending";

    private final VirtualServer machine = new VirtualServer();
    /** What became of each service that is wanted: applied, pending, or failed. */
    private final Map<ServiceKey, String> services = new LinkedHashMap<>();

    private ServerSettings settings;
    /** Empty while there is none. */
    private String plane = "";

    Hosted(ServerSettings settings) {
        this.settings = settings;
    }

    String name() {
        return settings.name();
    }

    VirtualServer machine() {
        return machine;
    }

    ServerSettings settings() {
        return settings;
    }

    void configure(ServerSettings changed) {
        settings = changed;
    }

    String plane() {
        return plane;
    }

    void moveTo(String other) {
        plane = other;
        services.clear();
    }

    void pending(ServiceKey key) {
        services.put(key, PENDING);
    }

    void gone(ServiceKey key) {
        services.remove(key);
    }

    /** Whether that is news. */
    boolean applied(ServiceKey key) {
        var before = services.replace(key, APPLIED);
        return before != null && before.startsWith("failed");
    }

    /** Whether that is news. */
    boolean failed(ServiceKey key, String reason) {
        var now = "failed: " + reason;
        var before = services.replace(key, now);
        return before != null && !before.equals(now);
    }

    /** As in {@code VirtualServerStatus}, apart from suspension and missing data planes. */
    String state() {
        return services.values().stream()
                .filter(state -> state.startsWith("failed"))
                .findFirst()
                .orElse(services.containsValue(PENDING) ? PENDING : APPLIED);
    }
}
