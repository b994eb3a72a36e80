package io.halcyon.itests.lab.bench;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.check.engine.CheckEngine;
import io.halcyon.spi.check.HealthCheckFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A program: the check engine with one type and many checks, without the container around it.
 *
 * <p>Arguments: how many checks, how many of them look at the victims' port, both ports, the class of the factory, and {@code KEY=VALUE}
 * for each check, where ADDRESS and PORT stand for its target. Standard input asks: {@code count} how many are up, {@code down N} when so
 * many are down, {@code starts} how late runs began, {@code why NAME} what the last run of a check saw.
 */
public final class CheckLoad implements VerdictListener {

    /**
     * How many there are of what.
     *
     * @param victims checks, of all, whose targets can be killed
     */
    record Size(int checks, int victims) {

        /** The command line. */
        List<String> arguments(List<String> type) {
            var all = new ArrayList<>(List.of(
                    Integer.toString(checks),
                    Integer.toString(victims),
                    Integer.toString(CheckStage.PORT),
                    Integer.toString(CheckStage.VICTIM_PORT)));
            all.addAll(type);
            return all;
        }
    }

    private static final int FIXED_ARGUMENTS = 5;
    private static final int PER_OCTET = 250;

    private final Map<String, Health> verdicts = new HashMap<>();
    private int up;
    private int down;

    private CheckLoad() {}

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws Exception {
        var load = new CheckLoad();
        var engine = new CheckEngine(noConfigurations());
        call(engine, "addFactory", HealthCheckFactory.class, factory(arguments[4]));
        call(engine, "addListener", VerdictListener.class, load);
        load.configure(engine, List.of(arguments));
        System.out.println("configured");
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(load.answer(engine, order.split(" ", -1)));
            }
        }
        System.exit(0);
    }

    /** The address of a check's target; there are enough of them below 127.0.0.0/8 for every check to have its own. */
    static String address(int index) {
        return "127.%d.%d.%d"
                .formatted(1 + index / PER_OCTET / PER_OCTET, index / PER_OCTET % PER_OCTET, 1 + index % PER_OCTET);
    }

    private void configure(CheckEngine engine, List<String> arguments) throws Exception {
        int checks = Integer.parseInt(arguments.get(0));
        int victims = Integer.parseInt(arguments.get(1));
        for (int i = 0; i < checks; i++) {
            var keys = new HashMap<String, Object>();
            for (var key : arguments.subList(FIXED_ARGUMENTS, arguments.size())) {
                var value = key.substring(key.indexOf('=') + 1)
                        .replace("ADDRESS", address(i))
                        .replace("PORT", arguments.get(i < victims ? 3 : 2));
                keys.put(key.substring(0, key.indexOf('=')), value);
            }
            engine.updated("io.halcyon.check~c" + i, FrameworkUtil.asDictionary(keys));
        }
    }

    @Override
    public synchronized void onVerdict(Verdict verdict) {
        var before = verdicts.put(verdict.name(), verdict.health());
        up += count(verdict.health(), Health.UP) - count(before, Health.UP);
        down += count(verdict.health(), Health.DOWN) - count(before, Health.DOWN);
        notifyAll();
    }

    @Override
    public void onVerdictRemoved(String name) {
        throw new IllegalStateException("nobody removes " + name);
    }

    private static int count(@Nullable Health health, Health wanted) {
        return health == wanted ? 1 : 0;
    }

    private synchronized String answer(CheckEngine engine, String[] order) throws InterruptedException {
        if (order[0].equals("starts")) {
            var starts = engine.startLateness();
            return "starts " + starts.starts() + " " + starts.p50Micros() + " " + starts.p99Micros() + " "
                    + starts.maxMicros();
        }
        if (order[0].equals("why")) {
            return "because " + engine.check(order[1]).orElseThrow().lastReason();
        }
        if (order[0].equals("count")) {
            return "count " + up;
        }
        int wanted = Integer.parseInt(order[1]);
        while (down < wanted) {
            wait();
        }
        return "at " + System.nanoTime();
    }

    private static HealthCheckFactory<?> factory(String name) throws ReflectiveOperationException {
        return Class.forName(name)
                .asSubclass(HealthCheckFactory.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    /** What the container does: components keep their references to themselves. */
    private static void call(CheckEngine engine, String method, Class<?> type, Object service)
            throws ReflectiveOperationException {
        var bind = CheckEngine.class.getDeclaredMethod(method, type);
        bind.setAccessible(true);
        bind.invoke(engine, service);
    }

    private static ConfigurationAdmin noConfigurations() {
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                CheckLoad.class.getClassLoader(), new Class<?>[] {ConfigurationAdmin.class}, (self, method, values) -> {
                    throw new IOException("there is no container");
                });
    }
}
