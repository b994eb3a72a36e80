package io.halcyon.settings;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One object's configuration as it was written, and the way from there to checked values. Thread-safe.
 *
 * <p>A caller first asks {@link #requireKnown} with all schemas that apply, so that a misspelled key is called misspelled
 * and not missing, then {@link #bind}s each.
 */
public final class ConfigText {

    private static final List<String> NOT_OURS =
            List.of("service.", "felix.", "component.", "org.apache.", "org.osgi.", ":");

    private final String object;
    private final String file;
    /** What stands before each key in the file: empty, or {@code real.server.web1.} of a {@link #part}. */
    private final String prefix;

    private final boolean copy;
    private final Map<String, String> values;
    // Keys that some schema called secret; grows while schemas are seen.
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    private ConfigText(String object, String file, String prefix, boolean copy, Map<String, String> values) {
        this.object = object;
        this.file = file;
        this.prefix = prefix;
        this.copy = copy;
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * From the properties of a Configuration. What ConfigAdmin, FileInstall and Karaf added for themselves is dropped.
     *
     * @param object name of the object
     * @param file path of its file, for messages
     * @param properties text, numbers, yes/no, or arrays and collections of these
     */
    public static ConfigText of(String object, String file, Map<String, ?> properties) {
        return new ConfigText(object, file, "", false, plain(properties));
    }

    /** From an accepted copy, in which nothing was replaced. */
    static ConfigText ofCopy(String object, String file, Map<String, String> values) {
        return new ConfigText(object, file, "", true, new TreeMap<>(values));
    }

    public String object() {
        return object;
    }

    public String file() {
        return file;
    }

    /** Whether the key is given. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Keys that are given, sorted. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** Keys and values as they were written, secrets included. */
    public Map<String, String> written() {
        return values;
    }

    /**
     * Names of the parts of a family of keys: {@code web1} if there is {@code real.server.web1} or {@code
     * real.server.web1.weight}, and the family is {@code real.server}. Sorted.
     */
    public Set<String> parts(String family) {
        Set<String> names = new TreeSet<>();
        for (String key : values.keySet()) {
            if (key.startsWith(family + ".")) {
                String rest = key.substring(family.length() + 1);
                names.add(rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest);
            }
        }
        return names;
    }

    /**
     * The keys below a key as a text of its own: {@code weight} of {@code real.server.web1.weight}, if the key is {@code
     * real.server.web1}. What it refuses has the whole key.
     */
    public ConfigText part(String key) {
        String start = key + ".";
        Map<String, String> below = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(start)) {
                below.put(name.substring(start.length()), value);
            }
        });
        return new ConfigText(object, file, prefix + start, copy, below);
    }

    /**
     * All values of a schema as an instance of its annotation: converted, within their ranges, with defaults.
     *
     * <p>What is neither given nor has a default is empty, zero or false. The instance's text hides secrets.
     */
    public <P extends Annotation> P bind(Schema<P> schema) throws Refusal {
        remember(schema);
        Map<String, Object> bound = new HashMap<>();
        for (Schema.Member member : schema.members()) {
            bound.put(member.method().getName(), value(member));
        }
        return BoundValues.instance(schema, bound);
    }

    /** Refuses a key that none of the schemas has, with the nearest known one as a suggestion. */
    public void requireKnown(List<Schema<?>> schemas) throws Refusal {
        requireKnown(schemas, List.of());
    }

    /**
     * The same, but keys below these families are somebody else's to judge.
     *
     * @param families such as {@code real.server}, for {@link #parts}
     */
    public void requireKnown(List<Schema<?>> schemas, List<String> families) throws Refusal {
        Set<String> known = new TreeSet<>();
        families.forEach(family -> known.add(family + ".NAME"));
        for (Schema<?> schema : schemas) {
            remember(schema);
            schema.keys().forEach(key -> known.add(key.name()));
        }
        for (String key : values.keySet()) {
            boolean below = families.stream().anyMatch(family -> key.startsWith(family + "."));
            if (!below && !known.contains(key) && !isSecretFile(key)) {
                throw unknown(key, known);
            }
        }
    }

    private Refusal unknown(String key, Set<String> known) {
        String suggestion = Nearest.to(key, known);
        // What resembles no key may be the name of a secret in somebody's own words, where secrets are asked for at
        // all.
        boolean strange = suggestion.isEmpty() && !secrets.isEmpty() && !key.endsWith(Secret.FILE_SUFFIX);
        boolean hidden = strange || isSecret(key, suggestion);
        String allowed = "one of the keys " + String.join(", ", known);
        String meant = suggestion.isEmpty() ? "" : prefix + suggestion;
        return new Refusal(file, prefix + key, hidden ? Secret.MASK : values.getOrDefault(key, ""), allowed, meant);
    }

    /** A refusal for checks across keys; hides the value of a secret. */
    public Refusal refuse(String key, String allowed) {
        return refuse(key, allowed, "");
    }

    /** A refusal with a suggestion; empty for none. */
    public Refusal refuse(String key, String allowed, String suggestion) {
        return refuse(key, values.get(key), allowed, suggestion);
    }

    /** Equal texts say the same of the same object in the same file. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConfigText that
                && object.equals(that.object)
                && file.equals(that.file)
                && prefix.equals(that.prefix)
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Values by key, as one would write them. */
    Map<String, String> values() {
        return values;
    }

    private static Map<String, String> plain(Map<String, ?> properties) {
        Map<String, String> values = new TreeMap<>();
        properties.forEach((key, value) -> {
            if (NOT_OURS.stream().noneMatch(key::startsWith)) {
                values.put(key, PlainText.of(value));
            }
        });
        return values;
    }

    private void remember(Schema<?> schema) {
        for (Key key : schema.keys()) {
            if (key.kind() == Key.Kind.SECRET) {
                secrets.add(key.name());
            }
        }
    }

    private boolean isSecretFile(String key) {
        return key.endsWith(Secret.FILE_SUFFIX)
                && secrets.contains(key.substring(0, key.length() - Secret.FILE_SUFFIX.length()));
    }

    private Refusal refuse(String key, @Nullable String value, String allowed, String suggestion) {
        if (value == null) {
            return Refusal.missing(file, prefix + key, allowed);
        }
        return new Refusal(file, prefix + key, isSecret(key, suggestion) ? Secret.MASK : value, allowed, suggestion);
    }

    /** A misspelled secret is one, too. */
    private boolean isSecret(String key, String suggestion) {
        return secrets.contains(key)
                || secrets.contains(suggestion)
                || (Secret.looksLikeOne(key) && !isSecretFile(key));
    }

    private Object value(Schema.Member member) throws Refusal {
        Key key = member.key();
        String text = key.kind() == Key.Kind.SECRET ? secret(key) : values.get(key.name());
        if (text == null || (text.isEmpty() && key.required() && key.kind() != Key.Kind.BOOLEAN)) {
            if (key.required()) {
                throw Refusal.missing(file, prefix + key.name(), Conversion.allowed(key));
            }
            text = key.defaultValue();
        }
        if (key.list()) {
            return list(member, text == null ? "" : text);
        }
        return text == null ? absent(member) : converted(member, text);
    }

    private @Nullable String secret(Key key) throws Refusal {
        String inline = values.get(key.name());
        String fileKey = key.name() + Secret.FILE_SUFFIX;
        String path = values.get(fileKey);
        if (inline != null && path != null) {
            throw refuse(fileKey, "only one of " + key.name() + " and " + fileKey);
        }
        try {
            if (path != null) {
                return Secret.read(path);
            }
            if (inline != null) {
                Secret.requireInline(
                        key.name(), copy ? inline : inline + WrittenLines.valueOf(prefix + key.name(), file));
            }
            return inline;
        } catch (NotAllowed e) {
            throw refuse(path == null ? key.name() : fileKey, e.allowed(), e.suggestion());
        }
    }

    private Object list(Schema.Member member, String text) throws Refusal {
        List<Object> converted = new ArrayList<>();
        try {
            for (String part : Members.split(text)) {
                converted.add(converted(member, part));
            }
        } catch (NotAllowed e) {
            throw refuse(member.key().name(), e.allowed(), e.suggestion());
        }
        Object array = Array.newInstance(member.valueType(), converted.size());
        for (int i = 0; i < converted.size(); i++) {
            Array.set(array, i, converted.get(i));
        }
        return array;
    }

    private Object converted(Schema.Member member, String text) throws Refusal {
        try {
            return Conversion.convert(member, text);
        } catch (NotAllowed e) {
            throw refuse(member.key().name(), text, e.allowed(), e.suggestion());
        }
    }

    private static Object absent(Schema.Member member) {
        return switch (member.key().kind()) {
            case INTEGER -> member.valueType() == long.class ? 0L : (Object) 0;
            case DECIMAL -> 0.0;
            case BOOLEAN -> false;
            case TEXT, SECRET -> "";
        };
    }
}
