package io.halcyon.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import io.halcyon.api.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form that {@link Mapper} gives to events, written without databinding: a node that only writes never loads it. */
final class LineWriter {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Fields that an event has first, whether they are components of its record or computed. */
    private static final Set<String> COMMON = Set.of("object", "severity", "text");

    /**
     * What a record looks like. Kept, since the JDK makes it anew each time it is asked, and garbage delays whoever is in a
     * hurry elsewhere.
     *
     * @param kind of an event
     */
    private record Shape(String kind, List<Field> fields) {

        private static final ClassValue<Shape> KNOWN = new ClassValue<>() {
            @Override
            protected Shape computeValue(Class<?> type) {
                var fields = Stream.of(type.getRecordComponents())
                        .map(component -> new Field(
                                component.getName(),
                                COMMON.contains(component.getName()) && Event.class.isAssignableFrom(type),
                                component.getAccessor()))
                        .toList();
                return new Shape(LineWriter.kind(type.getSimpleName()), fields);
            }
        };

        static Shape of(Record record) {
            return KNOWN.get(record.getClass());
        }
    }

    /** @param common whether it is among the first fields of an event */
    private record Field(String name, boolean common, Method accessor) {}

    private LineWriter() {}

    static String line(Record record) {
        // Its buffers serve again and again.
        try (var text = new SegmentedStringWriter(FACTORY._getBufferRecycler())) {
            try (var json = FACTORY.createGenerator(text)) {
                value(json, record);
            }
            return text.getAndClear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Event event) {
            event(json, event);
        } else if (value instanceof Record record) {
            json.writeStartObject();
            components(json, record, Shape.of(record));
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
        var shape = Shape.of((Record) event);
        json.writeStartObject();
        json.writeStringField("kind", shape.kind());
        json.writeStringField("object", event.object());
        json.writeStringField("severity", event.severity().name());
        json.writeStringField("text", event.text());
        components(json, (Record) event, shape);
        json.writeEndObject();
    }

    private static void components(JsonGenerator json, Record record, Shape shape) throws IOException {
        for (var field : shape.fields()) {
            if (!field.common()) {
                json.writeFieldName(field.name());
                value(json, valueOf(field.accessor(), record));
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

    private static @Nullable Object valueOf(Method accessor, Record record) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(record.getClass().getName() + " has no JSON form", e);
        }
    }

    /** {@code RouterTransition} is {@code router-transition}; a test holds it against {@link FieldNames}. */
    private static String kind(String name) {
        return name.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
