package io.halcyon.settings;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One object's configuration as it was written. Thread-safe. */
public final class ConfigText {

    private final String object;
    private final String file;
    private final Map<String, ?> values;

    private ConfigText(String object, String file, Map<String, ?> values) {
        this.object = object;
        this.file = file;
        this.values = Map.copyOf(values);
    }

    public static ConfigText of(String object, String file, Map<String, ?> properties) {
        return new ConfigText(object, file, properties);
    }

    public String object() {
        return object;
    }

    public String file() {
        return file;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public Set<String> keys() {
        return values.keySet();
    }

    public <P extends Annotation> P bind(Schema<P> schema) throws Refusal {
        if (schema.keys().isEmpty()) {
            throw refuse("", "");
        }
        throw new IllegalStateException(object);
    }

    public void requireKnown(List<Schema<?>> schemas) throws Refusal {
        if (schemas.isEmpty()) {
            throw refuse("", "");
        }
    }

    public Refusal refuse(String key, String allowed) {
        return refuse(key, allowed, "");
    }

    public Refusal refuse(String key, String allowed, String suggestion) {
        return new Refusal(file, key, "", allowed, suggestion);
    }
}
