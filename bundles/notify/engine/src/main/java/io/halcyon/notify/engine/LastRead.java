package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was read from the journal last: notifiers that lag behind go through the same events one after the other, and to read an
 * event costs more than to deliver it. Thread-safe.
 */
final class LastRead {

    /** A thousand notifiers may go through the last thousand events after a crash, each from its own place. */
    private static final int KEPT = 8;

    /**
     * Kept while memory is there for it.
     *
     * @param found all that follow the event of one id, up to that of the other
     */
    private record Stretch(long after, long last, SoftReference<List<EventRecord>> found) {

        boolean covers(long id) {
            return after <= id && id < last;
        }

        List<EventRecord> from(long id) {
            var events = found.get();
            if (events == null) {
                return List.of();
            }
            int from = 0;
            while (events.get(from).id() <= id) {
                from++;
            }
            return events.subList(from, events.size());
        }
    }

    // Guarded by this. The newest is first.
    private final Deque<Stretch> stretches = new ArrayDeque<>();

    /** Some that follow the event of that id, empty if that is not known. */
    synchronized List<EventRecord> after(long id) {
        for (var stretch : stretches) {
            var known = stretch.covers(id) ? stretch.from(id) : List.<EventRecord>of();
            if (!known.isEmpty()) {
                return known;
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
        stretches.addFirst(new Stretch(id, found.get(found.size() - 1).id(), new SoftReference<>(List.copyOf(found))));
    }

    synchronized void clear() {
        stretches.clear();
    }
}
