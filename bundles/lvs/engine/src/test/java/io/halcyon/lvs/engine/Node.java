package io.halcyon.lvs.engine;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.testkit.Await;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationException;

/** The whole engine with its threads, files and settings; only the container, the kernel and the checks are missing. */
final class Node implements AutoCloseable {

    static final ServiceKey WEB = key("192.0.2.1", 80);

    /** Two real servers, one check. */
    static final Map<String, String> TWO = Map.of(
            "virtual.server", "192.0.2.1 80",
            "lvs.sched", "rr",
            "check.page.type", "http",
            "check.page.url", "/health",
            "real.server.web1", "192.0.2.11 80",
            "real.server.web2", "192.0.2.12 80");

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    static final String CHECK1 = "lvs/web/web1/page";
    static final String CHECK2 = "lvs/web/web2/page";

    private final long startedNanos = System.nanoTime();
    final MemoryDataplane.Kernel kernel;
    final MemoryDataplane plane;
    final Definers definers = new Definers();
    final List<Event> events = new CopyOnWriteArrayList<>();
    final Map<String, InetAddress[]> dns = new ConcurrentHashMap<>();
    final Set<InetAddress> addresses = ConcurrentHashMap.newKeySet();
    final Pids pids;
    final LvsNode keys;
    final LvsEngine engine;
    private final EventSink sink = (event, causes) -> {
        events.add(event);
        return events.size();
    };

    /** With a data plane that has this kernel. */
    static Node start(Path data, MemoryDataplane.Kernel kernel, String... known) {
        var node = new Node(data, kernel, known);
        node.engine.addDataplane(node.plane);
        return node;
    }

    Node(Path data, MemoryDataplane.Kernel kernel, String... known) {
        this(data, kernel, null, known);
    }

    /** @param checks who makes checks; null for nobody who really does */
    Node(Path data, MemoryDataplane.Kernel kernel, @Nullable CheckDefinitions checks, String... known) {
        System.setProperty("karaf.data", data.toString());
        this.kernel = kernel;
        this.plane = new MemoryDataplane("memory", 1, kernel);
        this.pids = new Pids(known);
        this.keys = new LvsNode(data.resolve("accepted"));
        var admin = pids.admin();
        engine = new LvsEngine(
                admin,
                keys,
                new Core(
                        admin,
                        checks == null ? definers.ofChecks : checks,
                        keys,
                        this::lookup,
                        () -> Set.copyOf(addresses),
                        // What is known comes soon; that nobody knows of more shows soon, too.
                        known.length > 0
                                ? new Settling.Patience(MINUTE, MINUTE, SECOND)
                                : new Settling.Patience(0, SECOND, SECOND)));
        engine.setSink(sink);
        engine.setNotifiers(definers.ofNotifiers);
        System.clearProperty("karaf.data");
    }

    private InetAddress[] lookup(String host) throws UnknownHostException {
        var found = dns.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        return found;
    }

    long ranSinceStartNanos() {
        return System.nanoTime() - startedNanos;
    }

    void configure(String name, Map<String, String> properties) throws ConfigurationException {
        engine.updated("io.halcyon.lvs~" + name, dictionary(properties));
    }

    /** {@link #TWO} with these keys besides. */
    void configureTwo(String... more) throws ConfigurationException {
        configure("web", two(more));
    }

    static Map<String, String> two(String... more) {
        var all = new HashMap<>(TWO);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    void verdict(String check, Health health) {
        engine.onVerdict(Definers.verdict(check, health, health == Health.UP ? "HTTP 200" : "HTTP 503"));
    }

    /** Waits until the kernel has these weights, {@code web1=1, web2=0}. */
    void awaitWeights(Map<String, Integer> weights) throws Exception {
        awaitWeights(WEB, weights);
    }

    void awaitWeights(ServiceKey key, Map<String, Integer> weights) throws Exception {
        try {
            Await.until(
                    "weights",
                    () -> kernel.services.containsKey(key)
                            && kernel.weights(key).equals(weights));
        } catch (AssertionError e) {
            throw new AssertionError(key + " has " + kernel.weights(key) + ", not " + weights, e);
        }
    }

    VirtualServerStatus web() {
        return engine.virtualServer("web").orElseThrow();
    }

    RealServerStatus real(String name) {
        return web().realServers().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        engine.deactivate();
        keys.deactivate();
    }

    static ServiceKey key(String address, int port) {
        return new ServiceKey.Addressed(Transport.TCP, address(address), port);
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static Dictionary<String, Object> dictionary(Map<String, String> properties) {
        return FrameworkUtil.asDictionary(new HashMap<String, Object>(properties));
    }
}
