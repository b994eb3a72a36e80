package io.halcyon.lvs.engine;

import io.halcyon.lvs.engine.server.Memory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sees to it that virtual servers are remembered, at most ten times a second. Owned by the loop thread. */
final class Keeper {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Surroundings around;
    private final Map<String, Memory> kept = new HashMap<>();
    private final Set<Hosted> touched = new HashSet<>();
    private LvsLoop.@Nullable Timer pause;

    Keeper(Surroundings around) {
        this.around = around;
    }

    void touched(Hosted server) {
        touched.add(server);
    }

    /** At once, unless it was done just now: whoever is killed the moment after remembers it all the same. */
    void keep() {
        if (touched.isEmpty() || pause != null) {
            return;
        }
        var changes = changes();
        if (!changes.isEmpty()) {
            changes.forEach(this::keep);
            pause = around.loop().at(around.loop().nanos() + PAUSE_NANOS, () -> {
                pause = null;
                keep();
            });
        }
    }

    /** Before it ends. */
    void keepNow() {
        changes().forEach(this::keep);
    }

    private void keep(String name, Memory memory) {
        // In the order of the changes: what is older must not be written last.
        around.background().execute(() -> around.memories().keep(name, memory));
    }

    void forget(String server) {
        touched.removeIf(each -> each.name().equals(server));
        kept.remove(server);
        around.holds().forget(server);
        around.background().execute(() -> {
            around.holds().saveOrWarn(server);
            around.memories().forget(server);
        });
    }

    private Map<String, Memory> changes() {
        var changes = new HashMap<String, Memory>();
        for (var server : touched) {
            var memory = server.machine().memory();
            if (!memory.equals(kept.put(server.name(), memory))) {
                changes.put(server.name(), memory);
            }
        }
        touched.clear();
        return changes;
    }
}
