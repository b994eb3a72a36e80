package io.halcyon.check.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server tells of itself: fields by name. Immutable. */
record Info(Map<String, String> fields) {

    /** What a person wants to see first. */
    private static final List<String> SHOWN = List.of(
            "redis_version",
            "role",
            "connected_slaves",
            "master_link_status",
            "connected_clients",
            "used_memory_human",
            "uptime_in_seconds");

    Info {
        fields = Map.copyOf(fields);
    }

    /** Reads lines of {@code name:value}. */
    static Info of(String text) {
        var fields = new HashMap<String, String>();
        for (var line : text.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                fields.put(line.substring(0, colon), Shown.of(line.substring(colon + 1)));
            }
        }
        return new Info(fields);
    }

    @Nullable
    String field(String name) {
        return fields.get(name);
    }

    Map<String, String> details() {
        var details = new TreeMap<String, String>();
        for (var name : SHOWN) {
            var value = fields.get(name);
            if (value != null) {
                details.put(name, value);
            }
        }
        return details;
    }
}
