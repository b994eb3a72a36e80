package io.halcyon.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.halcyon.api.event.Event;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form that {@link Mapper} gives to events, written without databinding: a node that only writes never loads it. */
final class LineWriter {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Fields that an event has first, whether they are components of its record or computed. */
    private static final Set<String> COMMON = Set.of("object", "severity", "text");

    private LineWriter() {}

    static String line(Record record) {
        var text = new StringWriter(512);
        try (var json = FACTORY.createGenerator(text)) {
            value(json, record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Event event) {
            event(json, event);
        } else if (value instanceof Record record) {
            json.writeStartObject();
            components(json, record, Set.of());
            json.writeEndObject();
        } else if (value instanceof List<?> members) {
            json.writeStartArray();
            for (var member : members) {
                value(json, member);
            }
            json.writeEndArray();
        } else {
            plain(json, value);
        }
    }

    private static void event(JsonGenerator json, Event event) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", kind(event.getClass().getSimpleName()));
        json.writeStringField("object", event.object());
        json.writeStringField("severity", event.severity().name());
        json.writeStringField("text", event.text());
        components(json, (Record) event, COMMON);
        json.writeEndObject();
    }

    private static void components(JsonGenerator json, Record record, Set<String> without) throws IOException {
        for (var component : record.getClass().getRecordComponents()) {
            if (!without.contains(component.getName())) {
                json.writeFieldName(component.getName());
                value(json, valueOf(component, record));
            }
        }
    }

    private static void plain(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean yes) {
            json.writeBoolean(yes);
        } else if (value instanceof String || value instanceof Enum<?> || value instanceof Instant) {
            json.writeString(value instanceof Enum<?> constant ? constant.name() : value.toString());
        } else {
            throw new IllegalArgumentException(value.getClass().getName() + " has no JSON form");
        }
    }

    private static @Nullable Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(record.getClass().getName() + " has no JSON form", e);
        }
    }

    /** {@code RouterTransition} is {@code router-transition}; a test holds it against {@link FieldNames}. */
    private static String kind(String name) {
        return name.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
