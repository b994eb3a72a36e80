package io.halcyon.notify.engine;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A ConfigurationAdmin that remembers which configurations were deleted. */
final class Pids {

    final BlockingQueue<String> deleted = new LinkedBlockingQueue<>();

    ConfigurationAdmin admin() {
        return proxy(ConfigurationAdmin.class, (method, arguments) -> {
            if (method.equals("getConfiguration")) {
                var pid = (String) arguments[0];
                return proxy(
                        Configuration.class, (called, none) -> called.equals("delete") && deleted.add(pid) ? null : "");
            }
            throw new UnsupportedOperationException(method);
        });
    }

    /** A ConfigurationAdmin that has one configuration with these properties, or none. */
    static ConfigurationAdmin knowing(Dictionary<String, Object> properties) {
        return proxy(ConfigurationAdmin.class, (method, arguments) -> {
            var known = proxy(Configuration.class, (called, none) -> properties);
            return properties == null ? null : new Configuration[] {known};
        });
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
