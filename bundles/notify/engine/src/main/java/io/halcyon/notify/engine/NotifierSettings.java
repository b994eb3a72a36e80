package io.halcyon.notify.engine;

import io.halcyon.api.event.EventKind;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a notifier has whatever its type; the type's own keys are still in the text. Immutable.
 *
 * @param type name of its type
 * @param kinds events to tell of
 * @param text its configuration as it was written
 */
record NotifierSettings(String type, Set<EventKind> kinds, ConfigText text) {

    static final Schema<NotifyKeys> SCHEMA = Schema.of(NotifyKeys.class);

    static NotifierSettings of(ConfigText text) throws Refusal {
        var keys = text.bind(SCHEMA);
        var kinds = Arrays.stream(keys.events())
                .flatMap(word -> EventKind.ofWord(word).stream())
                .collect(Collectors.toUnmodifiableSet());
        return new NotifierSettings(keys.type(), kinds, text);
    }
}
