package io.halcyon.notify.fifo;

import io.halcyon.api.event.EventRecord;
import java.util.List;

/** How events are told. The thread that delivers owns it. */
interface Telling {

    /** Lines with their ends, none if there is none for this event. */
    List<byte[]> lines(EventRecord happened);
}
