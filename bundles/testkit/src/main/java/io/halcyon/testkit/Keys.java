package io.halcyon.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configuration keys of a plugin with given values, as the settings of an engine would hand them over. */
public final class Keys {

    private Keys() {}

    /**
     * An instance of an annotation type.
     *
     * @param values by name of the key, such as {@code restart.wait}; the rest has its defaults
     */
    public static <P extends Annotation> P of(Class<P> type, Map<String, ?> values) {
        var proxy = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> value(type, method, values));
        return type.cast(proxy);
    }

    private static @Nullable Object value(Class<?> type, Method method, Map<String, ?> values) {
        if (method.getDeclaringClass() != type) {
            return method.getName().equals("toString") ? values.toString() : null;
        }
        Object given = values.get(key(method));
        Object value = given == null ? method.getDefaultValue() : given;
        if (value == null) {
            throw new AssertionError("key " + key(method) + " has no default and no value was given");
        }
        return value;
    }

    private static String key(Method method) {
        return method.getName().replace("$", "").replace('_', '.');
    }
}
