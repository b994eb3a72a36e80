package io.halcyon.notify.fifo;

import io.halcyon.api.event.EventRecord;

/** How events are told. Without state. */
interface Telling {

    /** The line with its end, empty if there is none for this event. */
    String line(EventRecord happened);
}
