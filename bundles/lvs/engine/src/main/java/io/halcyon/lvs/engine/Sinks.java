package io.halcyon.lvs.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The event sink that is there now. Without one (it has not started yet, or is being updated), events wait for the next, the
 * oldest going first if they become too many. They have no ids meanwhile, so none of them is the cause of another. Thread-safe.
 */
final class Sinks implements EventSink {

    private record Waiting(Event event, List<Long> causes) {}

    private static final int MOST_WAITING = 1_000;

    // Guarded by this.
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable EventSink sink;

    synchronized void set(EventSink next) {
        sink = next;
        while (!waiting.isEmpty()) {
            Waiting first = waiting.removeFirst();
            next.publish(first.event(), first.causes());
        }
    }

    synchronized void unset(EventSink gone) {
        if (sink == gone) {
            sink = null;
        }
    }

    @Override
    public synchronized long publish(Event event, List<Long> causes) {
        if (sink != null) {
            return sink.publish(event, causes);
        }
        if (waiting.size() == MOST_WAITING) {
            waiting.removeFirst();
        }
        waiting.addLast(new Waiting(event, causes));
        return 0;
    }
}
