package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Events of what is held by hand, and what they caused. Sees every event in order; one thread owns it. */
final class QuietChain {

    private static final int REMEMBERED = 1_000;

    private final MaintenanceWatch watch;
    private final Set<Long> quiet = new HashSet<>();
    private final Deque<Long> order = new ArrayDeque<>();

    QuietChain(MaintenanceWatch watch) {
        this.watch = watch;
    }

    /** Whether an event is one of them. That something is held, or is not any more, never is. */
    boolean follows(EventRecord event) {
        if (event.event() instanceof Event.Maintenance) {
            return false;
        }
        boolean caused = event.causes().stream().anyMatch(quiet::contains);
        if (!caused && !watch.held(event.event().object(), event.id())) {
            return false;
        }
        remember(event.id());
        return true;
    }

    private void remember(long id) {
        if (quiet.add(id)) {
            order.addLast(id);
        }
        if (order.size() > REMEMBERED) {
            quiet.remove(order.removeFirst());
        }
    }
}
