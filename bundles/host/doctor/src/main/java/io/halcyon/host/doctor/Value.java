package io.halcyon.host.doctor;

import io.halcyon.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of what a program printed as JSON; what is not there is an empty part. Immutable. */
record Value(@Nullable Object raw) {

    static final Value NOTHING = new Value(null);

    static Value parse(String text) throws IOException {
        try {
            return new Value(Json.read(text, Object.class));
        } catch (IllegalArgumentException e) {
            throw new IOException("what it printed cannot be read: " + e.getMessage(), e);
        }
    }

    boolean has(String key) {
        return raw instanceof Map<?, ?> map && map.containsKey(key);
    }

    Value get(String key) {
        return raw instanceof Map<?, ?> map ? new Value(map.get(key)) : NOTHING;
    }

    /** The only key of an object with one. */
    String key() {
        return raw instanceof Map<?, ?> map && !map.isEmpty()
                ? String.valueOf(map.keySet().iterator().next())
                : text();
    }

    /** Members of a list; what is no list counts as its only member. */
    List<Value> members() {
        if (raw instanceof List<?> list) {
            return list.stream().map(Value::new).toList();
        }
        return raw == null ? List.of() : List.of(this);
    }

    boolean isList() {
        return raw instanceof List<?>;
    }

    /** As one would write it, empty for nothing. */
    String text() {
        return raw == null ? "" : raw.toString();
    }

    /** A whole number, -1 if it is none. */
    long number() {
        return raw instanceof Number number ? number.longValue() : -1;
    }
}
