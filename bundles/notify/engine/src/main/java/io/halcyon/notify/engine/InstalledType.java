package io.halcyon.notify.engine;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Key;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import io.halcyon.spi.notify.Notifier;
import io.halcyon.spi.notify.NotifierFactory;
import java.lang.annotation.Annotation;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A type of notifier that a bundle brings.
 *
 * @param factory the bundle's service
 * @param schema its keys
 */
record InstalledType<P extends Annotation>(NotifierFactory<P> factory, Schema<P> schema) {

    /** Where a plugin's own words about an allowed value begin, as in the messages of {@link Refusal}. */
    private static final String ALLOWED = "allowed is ";

    static <P extends Annotation> InstalledType<P> of(NotifierFactory<P> factory) {
        return new InstalledType<>(factory, Schema.of(factory.parameters()));
    }

    String type() {
        return factory.type();
    }

    /** Makes a notifier from its configuration. */
    Notifier make(ConfigText text) throws Refusal {
        text.requireKnown(List.of(NotifierSettings.SCHEMA, schema));
        var values = text.bind(schema);
        try {
            return factory.create(text.object(), values);
        } catch (IllegalArgumentException e) {
            throw refusal(text, Objects.requireNonNullElse(e.getMessage(), "another value"));
        }
    }

    /** The message names the key first; the longest name wins, so that {@code smtp.tls.ca.file} is not {@code smtp.tls}. */
    private Refusal refusal(ConfigText text, String message) {
        var key = schema.keys().stream()
                .map(Key::name)
                .filter(message::startsWith)
                .max(Comparator.comparingInt(String::length))
                .orElse("type");
        int words = message.indexOf(ALLOWED);
        return text.refuse(key, words < 0 ? message : message.substring(words + ALLOWED.length()));
    }
}
