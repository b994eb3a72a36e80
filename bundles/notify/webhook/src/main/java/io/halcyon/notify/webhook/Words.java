package io.halcyon.notify.webhook;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import java.util.Locale;
import java.util.stream.Collectors;

/** Parts of an event as people write them. */
final class Words {

    private Words() {}

    static String of(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    static String summary(EventRecord record) {
        return record.event().object() + ": " + record.event().text();
    }

    static String causes(EventRecord record) {
        return record.causes().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
