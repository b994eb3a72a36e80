package io.halcyon.settings;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An annotation whose members return what was configured. Immutable; two with equal values are equal. */
final class BoundValues implements InvocationHandler {

    private final Class<? extends Annotation> type;
    private final Map<String, Object> values;
    private final Set<String> secrets = new HashSet<>();

    private BoundValues(Schema<?> schema, Map<String, Object> values) {
        this.type = schema.type();
        this.values = Map.copyOf(values);
        for (Schema.Member member : schema.members()) {
            if (member.key().kind() == Key.Kind.SECRET) {
                secrets.add(member.method().getName());
            }
        }
    }

    static <P extends Annotation> P instance(Schema<P> schema, Map<String, Object> values) {
        Class<P> type = schema.type();
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new BoundValues(schema, values));
        return type.cast(proxy);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        if (arguments != null) {
            return isEqual(proxy, arguments[0]);
        }
        return switch (method.getName()) {
            case "annotationType" -> type;
            case "hashCode" -> hash();
            case "toString" -> text();
            default -> copyOf(values.get(method.getName()));
        };
    }

    private boolean isEqual(Object proxy, @Nullable Object other) {
        if (proxy == other) {
            return true;
        }
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof BoundValues that
                && type == that.type
                && values.keySet().stream().allMatch(name -> same(values.get(name), that.values.get(name)));
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return Arrays.deepEquals(new Object[] {a}, new Object[] {b});
    }

    private int hash() {
        return values.entrySet().stream()
                .mapToInt(value -> value.getKey().hashCode() ^ Arrays.deepHashCode(new Object[] {value.getValue()}))
                .sum();
    }

    private String text() {
        Map<String, String> shown = new TreeMap<>();
        values.forEach((name, value) -> shown.put(name, secrets.contains(name) ? Secret.MASK : PlainText.of(value)));
        return "@" + type.getSimpleName() + shown;
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            return value;
        }
        int length = Array.getLength(value);
        Object copy = Array.newInstance(value.getClass().getComponentType(), length);
        System.arraycopy(value, 0, copy, 0, length);
        return copy;
    }
}
