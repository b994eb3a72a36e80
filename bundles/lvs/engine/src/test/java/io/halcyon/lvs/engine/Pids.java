package io.halcyon.lvs.engine;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A ConfigurationAdmin that knows virtual servers before it tells of them, and remembers what was deleted. */
final class Pids {

    final BlockingQueue<String> deleted = new LinkedBlockingQueue<>();
    private final List<String> known;

    Pids(String... known) {
        this.known = List.of(known);
    }

    ConfigurationAdmin admin() {
        return proxy(ConfigurationAdmin.class, (method, arguments) -> switch (method) {
            case "listConfigurations" -> known.isEmpty() || !arguments[0].equals("(service.factoryPid=io.halcyon.lvs)")
                    ? null
                    : known.stream().map(this::configuration).toArray(Configuration[]::new);
            case "getConfiguration" -> configuration((String) arguments[0]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private Configuration configuration(String pid) {
        return proxy(Configuration.class, (method, none) -> method.equals("delete") && deleted.add(pid) ? null : pid);
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
