package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was read from the journal last: notifiers that lag behind go through the same events one after the other, and to read an
 * event costs more than to deliver it. Thread-safe.
 */
final class LastRead {

    private static final int KEPT = 4;

    /** @param found all that follow the event of that id, up to the last of them */
    private record Stretch(long after, List<EventRecord> found) {

        boolean covers(long id) {
            return after <= id && id < found.get(found.size() - 1).id();
        }

        List<EventRecord> from(long id) {
            int from = 0;
            while (found.get(from).id() <= id) {
                from++;
            }
            return found.subList(from, found.size());
        }
    }

    // Guarded by this. The newest is first.
    private final Deque<Stretch> stretches = new ArrayDeque<>();

    /** Some that follow the event of that id, empty if that is not known. */
    synchronized List<EventRecord> after(long id) {
        for (var stretch : stretches) {
            if (stretch.covers(id)) {
                return stretch.from(id);
            }
        }
        return List.of();
    }

    synchronized void add(long id, List<EventRecord> found) {
        if (found.isEmpty()) {
            return;
        }
        if (stretches.size() == KEPT) {
            stretches.removeLast();
        }
        stretches.addFirst(new Stretch(id, List.copyOf(found)));
    }

    synchronized void clear() {
        stretches.clear();
    }
}
