package io.halcyon.notify.syslog;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.util.stream.Collectors;

/** An event as one line: object and what happened to it. */
final class HalcyonWords {

    private HalcyonWords() {}

    static String of(EventRecord record) {
        if (record.event() instanceof Event.Digest digest) {
            return digest.object() + ": " + digest.text() + ": "
                    + digest.events().stream().map(HalcyonWords::of).collect(Collectors.joining("; "));
        }
        return record.event().object() + ": " + record.event().text();
    }
}
