package io.halcyon.itests.architecture;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What stands below real servers and checks of a virtual server is taken by their schemas, too. */
final class VirtualServerBlock {

    static final String PID = "io.halcyon.lvs";

    private static final String REAL_SERVER = "real.server";
    private static final String CHECK = "check";

    private VirtualServerBlock() {}

    /** Families of keys that a file of that PID has. */
    static List<String> families(String pid) {
        return pid.equals(PID) ? List.of(REAL_SERVER, CHECK) : List.of();
    }

    static void bind(ConfigText text) throws Refusal {
        Schema<?> keys = realServerKeys();
        for (String name : text.parts(REAL_SERVER)) {
            ConfigText server = text.part(REAL_SERVER + "." + name);
            server.requireKnown(List.of(keys), List.of(CHECK));
            server.bind(keys);
            for (String check : text.parts(CHECK)) {
                bind(text.part(CHECK + "." + check), server.part(CHECK + "." + check));
            }
        }
    }

    /** One check of one real server; the engine fills in where it is. */
    private static void bind(ConfigText common, ConfigText own) throws Refusal {
        Map<String, String> all = new TreeMap<>(common.written());
        all.putAll(own.written());
        List<Schema<?>> schemas = new ArrayList<>(ConfigurationBlocksTest.family("io.halcyon.check"));
        Schema<?> type = ConfigurationBlocksTest.type("io.halcyon.check", all.getOrDefault("type", ""));
        schemas.add(type);
        for (var place :
                Map.of("connect.ip", "192.0.2.11", "connect.port", "80").entrySet()) {
            if (type.keys().stream().anyMatch(key -> key.name().equals(place.getKey()))) {
                all.putIfAbsent(place.getKey(), place.getValue());
            }
        }
        ConfigText whole = ConfigText.of(common.object(), common.file(), all);
        whole.requireKnown(schemas);
        for (Schema<?> schema : schemas) {
            whole.bind(schema);
        }
    }

    private static Schema<?> realServerKeys() {
        return Metatype.all().stream()
                .filter(metatype -> metatype.room().path().equals("lvs/engine")
                        && metatype.keys().equals("RealServerKeys"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no keys of real servers"))
                .schema();
    }
}
