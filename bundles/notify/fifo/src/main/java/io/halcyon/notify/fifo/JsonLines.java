package io.halcyon.notify.fifo;

import io.halcyon.api.event.EventRecord;
import io.halcyon.json.Json;

/** Every event as one line of JSON. */
final class JsonLines implements Telling {

    @Override
    public String line(EventRecord happened) {
        return Json.write(happened) + "\n";
    }
}
