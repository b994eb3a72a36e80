package io.halcyon.notify.engine;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.util.HashMap;
import java.util.Map;

/** Settings for tests, from the keys that a person would write. */
final class Settings {

    private Settings() {}

    static NotifierSettings of(String name, Map<String, String> keys) {
        var all = new HashMap<String, String>(keys);
        all.putIfAbsent("type", "fake");
        try {
            return NotifierSettings.of(ConfigText.of(name, "etc/io.halcyon.notify-" + name + ".cfg", all));
        } catch (Refusal e) {
            throw new AssertionError(e);
        }
    }
}
