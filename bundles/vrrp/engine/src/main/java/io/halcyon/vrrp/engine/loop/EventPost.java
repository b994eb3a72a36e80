package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import java.util.List;

/** Takes events to their sink, in order and on the worker's thread: a sink that hangs holds up no advertisement. */
record EventPost(Worker worker, EventSink sink) {

    void publish(Event event, List<Long> causes) {
        worker.add(() -> sink.publish(event, causes));
    }
}
