package io.halcyon.json;

import io.halcyon.api.event.Event;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form that {@link Mapper} gives to events, written without Jackson: a node that only writes never loads it. */
final class LineWriter {

    /** Fields that an event has first, whether they are components of its record or computed. */
    private static final Set<String> COMMON = Set.of("object", "severity", "text");

    private static final Object[] NOTHING = {};

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
                boolean event = Event.class.isAssignableFrom(type);
                var fields = Stream.of(type.getRecordComponents())
                        .filter(component -> !event || !COMMON.contains(component.getName()))
                        .map(component -> new Field(component.getName(), component.getAccessor()))
                        .toList();
                return new Shape(LineWriter.kind(type.getSimpleName()), fields);
            }
        };

        static Shape of(Record record) {
            return KNOWN.get(record.getClass());
        }
    }

    private record Field(String name, Method accessor) {}

    private LineWriter() {}

    static String line(Record record) {
        var buffer = new LineBuffer();
        write(record, buffer);
        return buffer.toString();
    }

    static void write(Record record, LineBuffer to) {
        value(to, record);
    }

    private static void value(LineBuffer to, @Nullable Object value) {
        if (value instanceof Event event) {
            event(to, event);
        } else if (value instanceof Record record) {
            record(to, record);
        } else if (value instanceof List<?> members) {
            list(to, members);
        } else {
            plain(to, value);
        }
    }

    private static void event(LineBuffer to, Event event) {
        var shape = Shape.of((Record) event);
        to.add("{\"kind\":");
        to.addQuoted(shape.kind());
        to.add(",\"object\":");
        to.addQuoted(event.object());
        to.add(",\"severity\":");
        to.addQuoted(event.severity().name());
        to.add(",\"text\":");
        to.addQuoted(event.text());
        var fields = shape.fields();
        for (int i = 0; i < fields.size(); i++) {
            to.add((byte) ',');
            field(to, fields.get(i), (Record) event);
        }
        to.add((byte) '}');
    }

    private static void record(LineBuffer to, Record record) {
        var fields = Shape.of(record).fields();
        to.add((byte) '{');
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                to.add((byte) ',');
            }
            field(to, fields.get(i), record);
        }
        to.add((byte) '}');
    }

    private static void list(LineBuffer to, List<?> members) {
        to.add((byte) '[');
        // By place: an iterator for each list of each event is garbage.
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                to.add((byte) ',');
            }
            value(to, members.get(i));
        }
        to.add((byte) ']');
    }

    private static void field(LineBuffer to, Field field, Record record) {
        to.addQuoted(field.name());
        to.add((byte) ':');
        value(to, valueOf(field.accessor(), record));
    }

    private static void plain(LineBuffer to, @Nullable Object value) {
        if (value == null) {
            to.add("null");
        } else if (value instanceof Integer || value instanceof Long) {
            to.addNumber(((Number) value).longValue());
        } else if (value instanceof Boolean yes) {
            to.add(yes ? "true" : "false");
        } else if (value instanceof String text) {
            to.addQuoted(text);
        } else if (value instanceof Enum<?> constant) {
            to.addQuoted(constant.name());
        } else if (value instanceof Instant moment) {
            to.add((byte) '"');
            InstantText.write(moment, to);
            to.add((byte) '"');
        } else {
            throw new IllegalArgumentException(value.getClass().getName() + " has no JSON form");
        }
    }

    private static @Nullable Object valueOf(Method accessor, Record record) {
        try {
            return accessor.invoke(record, NOTHING);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(record.getClass().getName() + " has no JSON form", e);
        }
    }

    /** {@code RouterTransition} is {@code router-transition}; a test holds it against {@link FieldNames}. */
    private static String kind(String name) {
        return name.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
