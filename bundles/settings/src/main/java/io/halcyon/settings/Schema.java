package io.halcyon.settings;

import io.halcyon.settings.Key.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one annotation type that carries {@code @ObjectClassDefinition}. Immutable.
 *
 * <p>What a key means comes from the metatype document that bnd wrote into the type's bundle, its default from the
 * annotation itself. Key {@code virtual.router.id} belongs to member {@code virtual_router_id()}.
 *
 * @param <P> the annotation type
 */
public final class Schema<P extends Annotation> {

    /** A key and the member of the annotation that returns its value. */
    record Member(Key key, Method method) {

        /** What the value is, or one member of a list. */
        Class<?> valueType() {
            Class<?> type = method.getReturnType();
            return type.isArray() ? type.getComponentType() : type;
        }
    }

    private final Class<P> type;
    private final String name;
    private final String description;
    private final List<Member> members;
    private final List<Key> keys;

    private Schema(Class<P> type, MetatypeXml xml) {
        this.type = type;
        this.name = xml.name();
        this.description = xml.description();
        this.members = membersOf(type, xml);
        this.keys = members.stream().map(Member::key).toList();
    }

    /**
     * Reads the schema of a type.
     *
     * @throws IllegalArgumentException if its bundle has no metatype for it, or one that does not fit
     */
    public static <P extends Annotation> Schema<P> of(Class<P> type) {
        String path = "OSGI-INF/metatype/" + type.getName() + ".xml";
        try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException(type.getName() + " has no " + path);
            }
            return new Schema<>(type, MetatypeXml.read(in));
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException(path + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    public Class<P> type() {
        return type;
    }

    /** Name for a person, such as {@code nginx check}. */
    public String name() {
        return name;
    }

    /** One sentence for a person. */
    public String description() {
        return description;
    }

    /** All keys in the order of the metatype. */
    public List<Key> keys() {
        return keys;
    }

    List<Member> members() {
        return members;
    }

    private static List<Member> membersOf(Class<?> type, MetatypeXml xml) {
        Map<String, Method> methods = new HashMap<>();
        for (Method method : type.getDeclaredMethods()) {
            methods.put(keyOf(method.getName()), method);
        }
        List<Member> members = new ArrayList<>();
        for (MetatypeXml.Attribute attribute : xml.attributes()) {
            Method method = methods.get(attribute.id());
            if (method == null) {
                throw new IllegalArgumentException(type.getName() + " has no member for key " + attribute.id());
            }
            members.add(new Member(keyOf(attribute, method), method));
        }
        return List.copyOf(members);
    }

    private static Key keyOf(MetatypeXml.Attribute attribute, Method method) {
        String defaultValue = written(method.getDefaultValue());
        return new Key(
                attribute.id(),
                kindOf(attribute.text("type")),
                attribute.isList(),
                attribute.isRequired() && defaultValue == null,
                defaultValue,
                attribute.orNull("min"),
                attribute.orNull("max"),
                attribute.options(),
                attribute.text("description"));
    }

    private static Kind kindOf(String type) {
        return switch (type) {
            case "String" -> Kind.TEXT;
            case "Integer", "Long" -> Kind.INTEGER;
            case "Double" -> Kind.DECIMAL;
            case "Boolean" -> Kind.BOOLEAN;
            case "Password" -> Kind.SECRET;
            default -> throw new IllegalArgumentException("metatype " + type + " is not for configuration files");
        };
    }

    /** The default as one would write it into a file. */
    private static @Nullable String written(@Nullable Object defaultValue) {
        if (defaultValue == null || !defaultValue.getClass().isArray()) {
            return defaultValue == null ? null : PlainText.of(defaultValue);
        }
        List<String> written = new ArrayList<>();
        for (int i = 0; i < Array.getLength(defaultValue); i++) {
            written.add(PlainText.of(Array.get(defaultValue, i)));
        }
        return Members.join(written);
    }

    /** Component property names, OSGi Compendium table 112.5.7: {@code a_b} is {@code a.b}, {@code a__b} is {@code a_b}. */
    static String keyOf(String member) {
        return member.replace("$_$", "-")
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_')
                .replace("$$", "\0")
                .replace("$", "")
                .replace('\0', '$');
    }
}
