package io.halcyon.lvs.engine.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A check of one real server: everything but what its address decides.
 *
 * @param name as the file names it
 * @param type what looks
 * @param port the real server's, 0 if nobody knows
 * @param keys what was written for it and what follows from the virtual server's keys
 * @param origins the key of the file that each of those comes from
 */
record CheckTemplate(String name, String type, int port, Map<String, String> keys, Map<String, String> origins) {

    private static final String INIT = "init";

    private static final String INIT_FAIL = "init.fail";
    private static final String ADDRESS = "connect.ip";
    private static final String PORT = "connect.port";

    /** Types that have {@code connect.ip}; all but ping have {@code connect.port}, too. */
    private static final Set<String> CONNECT =
            Set.of("tcp", "http", "https", "smtp", "dns", "udp", "ping", "redis", "tls-certificate");

    CheckTemplate {
        keys = Map.copyOf(keys);
        origins = Map.copyOf(origins);
    }

    /** Whether checks of that type look at an address. */
    static boolean connects(String type) {
        return CONNECT.contains(type);
    }

    /** Whether a weight that it reports is added to the real server's instead of taking its place: keepalived's FILE_CHECK. */
    boolean addsWeight() {
        return type.equals("file");
    }

    /**
     * The keys of the check itself.
     *
     * @param address address or host name of the real server
     * @param up what it stands for before its first result
     */
    Map<String, String> definition(String address, boolean up) {
        Map<String, String> definition = new HashMap<>(keys);
        if (connects(type)) {
            definition.putIfAbsent(ADDRESS, address);
            if (port != 0 && !type.equals("ping")) {
                definition.putIfAbsent(PORT, String.valueOf(port));
            }
        }
        if (!definition.containsKey(INIT_FAIL)) {
            definition.putIfAbsent(INIT, up ? "up" : "down");
        }
        return Map.copyOf(definition);
    }

    /** Whether it is up before its first result, if a real server that has none is. */
    boolean startsUp(boolean otherwise) {
        if (keys.containsKey(INIT_FAIL)) {
            return false;
        }
        return switch (keys.getOrDefault(INIT, "")) {
            case "up" -> true;
            case "down" -> false;
            default -> otherwise;
        };
    }

    /** The key of the file to blame for one of the definition's. */
    String origin(String key, String realServer) {
        String given = origins.get(key);
        if (given != null) {
            return given;
        }
        boolean place = key.equals(ADDRESS) || (key.equals(PORT) && port != 0);
        return place ? realServer : LvsKeys.CHECK + "." + name + "." + key;
    }

    /** Without the values, of which some are secrets. */
    @Override
    public String toString() {
        return name + " (" + type + ")";
    }
}
