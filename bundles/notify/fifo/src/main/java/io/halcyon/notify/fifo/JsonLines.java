package io.halcyon.notify.fifo;

import io.halcyon.api.event.EventRecord;
import io.halcyon.json.Json;
import java.util.List;

/** Every event as one line of JSON. */
final class JsonLines implements Telling {

    @Override
    public List<String> lines(EventRecord happened) {
        return List.of(Json.line(happened) + "\n");
    }
}
