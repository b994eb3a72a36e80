package io.halcyon.check.http;

import java.lang.reflect.Proxy;

/** The keys of {@code https} that {@code http} has as well, seen as those: annotation types cannot extend each other. */
final class SharedKeys {

    private SharedKeys() {}

    static HttpKeys of(HttpsKeys keys) {
        return (HttpKeys) Proxy.newProxyInstance(
                HttpKeys.class.getClassLoader(),
                new Class<?>[] {HttpKeys.class},
                (proxy, method, arguments) ->
                        HttpsKeys.class.getDeclaredMethod(method.getName()).invoke(keys));
    }
}
