package io.halcyon.check.engine;

import io.halcyon.api.check.CheckType;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Key;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A type of check that a bundle brings.
 *
 * @param description what readers see
 * @param maker makes a check from its configuration
 */
record InstalledType(CheckType description, Maker maker) {

    /** Makes a check of the type. */
    interface Maker {
        HealthCheck make(ConfigText text) throws Refusal;
    }

    private static final Logger LOG = LoggerFactory.getLogger(InstalledType.class);

    /** Where a plugin's own words about an allowed value begin, as in the messages of {@link Refusal}. */
    private static final String ALLOWED = "allowed is ";

    static <P extends Annotation> InstalledType of(HealthCheckFactory<P> factory, String bundle) {
        var schema = Schema.of(factory.parameters());
        var parameters = schema.keys().stream().map(InstalledType::parameter).toList();
        return new InstalledType(
                new CheckType(factory.type(), schema.description(), bundle, parameters),
                text -> make(factory, schema, text));
    }

    String type() {
        return description.type();
    }

    /** Why checks of a type wait that is not there, and the cure if it is one of ours. */
    static String missing(String type) {
        return "waiting for type " + type + ", which no installed bundle brings; if it comes with Halcyon, install it:"
                + " feature:install halcyon-check-" + type;
    }

    static List<CheckType.Parameter> commonKeys() {
        return CheckSettings.SCHEMA.keys().stream()
                .map(InstalledType::parameter)
                .toList();
    }

    /** Ends a check; a plugin that fails at that is no trouble of anybody else's. */
    static void close(HealthCheck check) {
        try {
            check.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("closing a check failed: {}", e.toString());
        }
    }

    private static <P extends Annotation> HealthCheck make(
            HealthCheckFactory<P> factory, Schema<P> schema, ConfigText text) throws Refusal {
        text.requireKnown(List.of(CheckSettings.SCHEMA, schema));
        var values = text.bind(schema);
        try {
            return factory.create(text.object(), values);
        } catch (IllegalArgumentException e) {
            throw refusal(schema, text, Objects.requireNonNullElse(e.getMessage(), "another value"));
        }
    }

    /** The message names the key first; the longest name wins, so that {@code http.url} is not {@code http}. */
    private static Refusal refusal(Schema<?> schema, ConfigText text, String message) {
        var key = schema.keys().stream()
                .map(Key::name)
                .filter(message::startsWith)
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .orElse("type");
        int words = message.indexOf(ALLOWED);
        return text.refuse(key, words < 0 ? message : message.substring(words + ALLOWED.length()));
    }

    private static CheckType.Parameter parameter(Key key) {
        var kind =
                switch (key.kind()) {
                    case TEXT -> "text";
                    case INTEGER -> "integer";
                    case DECIMAL -> "decimal";
                    case BOOLEAN -> "yes/no";
                    case SECRET -> "secret";
                };
        return new CheckType.Parameter(
                key.name(),
                key.list() ? "list" : kind,
                Objects.requireNonNullElse(key.defaultValue(), ""),
                key.required(),
                key.description());
    }
}
