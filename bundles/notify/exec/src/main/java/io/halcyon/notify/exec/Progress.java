package io.halcyon.notify.exec;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How far the scripts of one event have come. */
final class Progress {

    private final Set<String> done = new HashSet<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    /** Whether the script under that key need not run (again). */
    boolean isSettled(String key) {
        return done.contains(key) || failures.containsKey(key);
    }

    void succeeded(String key) {
        done.add(key);
    }

    /** It failed and would fail again. */
    void failed(String key, String why) {
        failures.put(key, why);
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** Why scripts failed; they run again if a person sends the event once more, unlike those that succeeded. */
    String takeFailures() {
        var text = String.join("; ", failures.values());
        failures.clear();
        return text;
    }
}
