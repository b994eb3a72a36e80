package io.halcyon.notify.webhook;

import io.halcyon.api.event.EventRecord;
import io.halcyon.json.Json;
import org.jspecify.annotations.Nullable;

/** What is said of an event. */
interface Body {

    /** The event as it is. */
    Body PLAIN = record -> Json.write(record); // a reference to the method would load Jackson at once

    /** JSON, or null if this event is not for the receiver. */
    @Nullable
    String of(EventRecord event);
}
