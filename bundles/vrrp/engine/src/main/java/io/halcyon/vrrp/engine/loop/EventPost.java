package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import java.util.List;
import java.util.function.LongSupplier;

/** Takes events to their sink, in order and on the worker's thread: a sink that hangs holds up no advertisement. */
record EventPost(Worker worker, EventSink sink) {

    /** No event. */
    static final LongSupplier NONE = () -> 0;

    /** An event on its way. Its id is known to those that come after it. */
    static final class Told implements LongSupplier {
        private volatile long id;

        @Override
        public long getAsLong() {
            return id;
        }
    }

    /**
     * Sends an event.
     *
     * @param causes events that were sent before, or ids that are known; asked when it is the event's turn
     */
    Told publish(Event event, List<LongSupplier> causes) {
        Told told = new Told();
        publish(told, event, causes);
        return told;
    }

    /** Sends an event that others may name as their cause already. */
    void publish(Told told, Event event, List<LongSupplier> causes) {
        List<LongSupplier> known = List.copyOf(causes);
        worker.add(() -> told.id = sink.publish(event, ids(known)));
    }

    private static List<Long> ids(List<LongSupplier> causes) {
        return causes.stream()
                .map(LongSupplier::getAsLong)
                .filter(id -> id != 0)
                .distinct()
                .sorted()
                .toList();
    }
}
