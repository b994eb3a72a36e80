package io.halcyon.lvs.engine.server;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files of virtual servers in tests: one {@code key = value} per line. */
final class Texts {

    static final String FILE = "etc/io.halcyon.lvs-WEB.cfg";

    private Texts() {}

    static ConfigText text(String... lines) {
        return named("WEB", lines);
    }

    static ConfigText named(String name, String... lines) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : String.join("\n", lines).split("\n", -1)) {
            if (!line.isBlank()) {
                String[] parts = line.split("=", 2);
                values.put(parts[0].strip(), parts[1].strip());
            }
        }
        return ConfigText.of(name, "etc/io.halcyon.lvs-" + name + ".cfg", values);
    }

    static ServerSettings settings(String... lines) {
        try {
            return ServerSettings.of(text(lines));
        } catch (Refusal refusal) {
            throw new AssertionError(refusal.getMessage(), refusal);
        }
    }
}
