package io.halcyon.notify.fifo;

import io.halcyon.api.event.EventRecord;
import io.halcyon.json.LineBuffer;
import java.util.List;

/** Every event as one line of JSON. */
final class JsonLines implements Telling {

    private final LineBuffer line = new LineBuffer();

    @Override
    public List<byte[]> lines(EventRecord happened) {
        line.clear();
        line.add(happened);
        line.add((byte) '\n');
        return List.of(line.toByteArray());
    }
}
