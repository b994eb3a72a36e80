package io.halcyon.lvs.engine.server;

import io.halcyon.api.net.AddressText;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Names and keys of what a virtual server has made for it: checks and notifiers. */
final class Definitions {

    private Definitions() {}

    /** Begins the names of the checks of one real server, or of one address of it. */
    static String prefix(ServerSettings settings, RealServer server, InetAddress address) {
        String prefix = settings.owner() + "/" + server.name() + "/";
        return server.host().isEmpty() ? prefix : prefix + AddressText.of(address) + "/";
    }

    /** The notifier of the quorum; empty keys if there is nothing to run. */
    static Map<String, Map<String, String>> ofQuorum(ServerSettings settings) {
        return settings.scripts().isNone()
                ? Map.of()
                : Map.of(
                        settings.owner() + "/quorum",
                        notifier(settings, "quorum.up", "quorum.down", settings.scripts()));
    }

    /**
     * The notifier of one real server.
     *
     * @param label as events name it
     */
    static Map<String, Map<String, String>> ofRealServer(
            ServerSettings settings, RealServer server, String suffix, String label) {
        if (server.scripts().isNone()) {
            return Map.of();
        }
        Map<String, String> keys = notifier(settings, "notify.up", "notify.down", server.scripts());
        keys.put("real.server", label);
        return Map.of(settings.owner() + "/" + server.name() + suffix, keys);
    }

    private static Map<String, String> notifier(
            ServerSettings settings, String upKey, String downKey, Scripts scripts) {
        Map<String, String> keys = new HashMap<>();
        keys.put("type", "exec");
        keys.put("events", "server");
        keys.put("objects", settings.name());
        if (!scripts.up().isEmpty()) {
            keys.put(upKey, scripts.up());
        }
        if (!scripts.down().isEmpty()) {
            keys.put(downKey, scripts.down());
        }
        return keys;
    }
}
