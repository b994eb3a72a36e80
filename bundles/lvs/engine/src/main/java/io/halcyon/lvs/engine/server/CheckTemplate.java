package io.halcyon.lvs.engine.server;

import java.util.Map;

/**
 * A check of one real server: everything but what its address decides.
 *
 * @param name as the file names it
 * @param type what looks
 * @param keys what was written for it and what follows from the virtual server's keys
 * @param origins the key of the file that each of those comes from
 */
record CheckTemplate(String name, String type, Map<String, String> keys, Map<String, String> origins) {

    CheckTemplate {
        keys = Map.copyOf(keys);
        origins = Map.copyOf(origins);
    }

    /** Without the values, of which some are secrets. */
    @Override
    public String toString() {
        return name + " (" + type + ")";
    }
}
