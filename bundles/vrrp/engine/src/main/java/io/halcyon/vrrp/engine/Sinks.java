package io.halcyon.vrrp.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The event sink that is there now, if any: without one, events are in the log only. Thread-safe. */
final class Sinks implements EventSink {

    private final AtomicReference<@Nullable EventSink> sink = new AtomicReference<>();

    void set(EventSink next) {
        sink.set(next);
    }

    void unset(EventSink gone) {
        sink.compareAndSet(gone, null);
    }

    @Override
    public long publish(Event event, List<Long> causes) {
        EventSink now = sink.get();
        return now == null ? 0 : now.publish(event, causes);
    }
}
