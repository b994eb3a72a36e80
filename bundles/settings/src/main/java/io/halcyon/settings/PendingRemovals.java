package io.halcyon.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Objects whose file was deleted, until the grace is over. Not thread-safe: its {@link Family} guards it. */
final class PendingRemovals {

    /** How long a deletion waits for an editor that writes the file anew, or for its new name. */
    static final long GRACE_MILLIS = 2_000;

    /** One deletion. A new one for the same name is another object, so a late timer of this one finds itself outdated. */
    private static final class Removal {
        private @Nullable Future<?> timer;
    }

    private final ScheduledExecutorService timer;
    private final Map<String, Removal> removals = new LinkedHashMap<>();

    PendingRemovals(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Calls {@code due} from the timer's thread with a test: whether this deletion still stands, to be asked under the lock. */
    void begin(String name, Consumer<Standing> due) {
        if (!removals.containsKey(name)) {
            Removal removal = new Removal();
            removals.put(name, removal);
            Standing standing = () -> removals.get(name) == removal;
            removal.timer = timer.schedule(() -> due.accept(standing), GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Whether a deletion was neither taken back nor replaced. */
    interface Standing {
        boolean still();
    }

    void stop(String name) {
        Removal removal = removals.remove(name);
        if (removal != null && removal.timer != null) {
            removal.timer.cancel(false);
        }
    }

    boolean contains(String name) {
        return removals.containsKey(name);
    }

    Set<String> names() {
        return Set.copyOf(removals.keySet());
    }
}
