package io.halcyon.lvs.engine.server;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The checks {@code check.NAME} of a file, made those of one real server.
 *
 * <p>What is written for a check wins over what follows from the virtual server's keys; what is written for the real server wins over
 * both. Defaults are keepalived's for the checker of that kind.
 */
final class CheckTemplates {

    private static final String TYPE = "type";
    private static final String DELAY_LOOP = "delay.loop";

    /** What keepalived says of checkers of some kinds and not of the others. */
    private static final Map<String, Integer> USUAL_RETRY = Map.of("exec", 0, "file", 0, "dns", 3);

    private static final Set<String> NEED_A_PORT = Set.of("tcp", "udp");

    private final ConfigText text;
    private final Set<String> names;

    CheckTemplates(ConfigText text) throws Refusal {
        this.text = text;
        this.names = new TreeSet<>(text.parts(LvsKeys.CHECK));
        for (String name : names) {
            if (text.has(key(name)) || !name.matches("[\\w-]+")) {
                throw text.refuse(key(name), "nothing; the keys of the check stand below it: " + key(name) + ".type");
            }
            if (!text.has(key(name) + "." + TYPE)) {
                throw text.refuse(key(name) + "." + TYPE, "what looks: tcp, http, exec or another type of checks");
            }
        }
    }

    List<String> names() {
        return List.copyOf(names);
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** Templates that serve nobody. */
    List<String> unused(List<RealServer> realServers) {
        Set<String> unused = new TreeSet<>(names);
        realServers.forEach(server -> server.checks().forEach(check -> unused.remove(check.name())));
        return List.copyOf(unused);
    }

    /**
     * The checks of one real server.
     *
     * @param server its key
     * @param part the keys below that
     * @param looking names of what looks at it
     * @param port its port, 0 if nobody knows
     */
    List<CheckTemplate> of(String server, ConfigText part, List<String> looking, int port) throws Refusal {
        for (String own : part.parts(LvsKeys.CHECK)) {
            if (!names.contains(own) || !looking.contains(own)) {
                throw part.refuse(
                        firstBelow(part, key(own)), "keys of what looks at it: " + String.join(", ", looking));
            }
        }
        List<CheckTemplate> checks = new ArrayList<>();
        for (String name : looking) {
            if (names.contains(name)) {
                checks.add(template(server, part, name, port));
            }
        }
        return checks;
    }

    private CheckTemplate template(String server, ConfigText part, String name, int port) throws Refusal {
        Map<String, String> written = text.part(key(name)).written();
        Map<String, String> own = part.part(key(name)).written();
        Derived derived = new Derived(server, part, own.getOrDefault(TYPE, written.getOrDefault(TYPE, "")));
        derived.addAll();
        written.forEach((key, value) -> derived.put(key, value, key(name) + "." + key));
        own.forEach((key, value) -> derived.put(key, value, server + "." + key(name) + "." + key));
        if (port == 0 && NEED_A_PORT.contains(derived.type) && !derived.keys.containsKey("connect.port")) {
            throw text.refuse(key(name) + ".connect.port", "a port, since " + server + " has none");
        }
        return new CheckTemplate(name, derived.type, port, derived.keys, derived.origins);
    }

    private static String firstBelow(ConfigText part, String key) {
        return part.keys().stream()
                .filter(other -> other.startsWith(key))
                .findFirst()
                .orElse(key);
    }

    private static String key(String name) {
        return LvsKeys.CHECK + "." + name;
    }

    /** Keys of one check while they come together, and where each comes from. */
    private final class Derived {

        private final String server;
        private final ConfigText part;
        private final String type;
        private final Map<String, String> keys = new HashMap<>();
        private final Map<String, String> origins = new HashMap<>();

        Derived(String server, ConfigText part, String type) {
            this.server = server;
            this.part = part;
            this.type = type;
        }

        void put(String key, String value, String origin) {
            keys.put(key, value);
            origins.put(key, origin);
        }

        void addAll() {
            String loop = orElse(given(DELAY_LOOP), "60");
            add("interval", DELAY_LOOP, loop);
            if (CheckTemplate.connects(type)) {
                add("timeout", "connect.timeout", orElse(given("connect.timeout"), "5"));
            }
            int retry = Integer.parseInt(
                    orElse(given("retry"), USUAL_RETRY.getOrDefault(type, 1).toString()));
            add("fall", "retry", String.valueOf(retry + 1));
            add("interval.changing", "delay.before.retry", orElse(given("delay.before.retry"), usualDelay(loop)));
            String warmup = orElse(given("warmup"), "-1");
            add("warmup", "warmup", warmup.startsWith("-") ? loop : warmup);
            String host = given("virtualhost");
            if (host != null && !host.isEmpty() && (type.equals("http") || type.equals("https"))) {
                add("virtualhost", "virtualhost", host);
            }
        }

        private String usualDelay(String loop) {
            return switch (type) {
                case "http", "https" -> "3";
                case "dns" -> loop;
                default -> "1";
            };
        }

        private void add(String key, String from, String value) {
            put(key, value, part.has(from) ? server + "." + from : from);
        }

        private @Nullable String given(String key) {
            String own = part.written().get(key);
            return own != null ? own : text.written().get(key);
        }

        private static String orElse(@Nullable String value, String otherwise) {
            return value == null ? otherwise : value;
        }
    }
}
