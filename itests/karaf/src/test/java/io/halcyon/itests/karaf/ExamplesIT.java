package io.halcyon.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.lvs.VirtualServerService;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.api.node.Node;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.NotifyService;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Whatever configuration we ship or show becomes active in a running container, and goes again. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ExamplesIT {

    @Inject
    private FeaturesService features;

    @Inject
    private RouterService routers;

    @Inject
    private CheckService checks;

    @Inject
    private NotifyService notifiers;

    @Inject
    private Node node;

    @Inject
    private BundleContext context;

    private final Path etc = Path.of(System.getProperty("karaf.etc", "etc"));

    @Configuration
    public Option[] container() {
        return Container.options("examples");
    }

    @Test
    public void everyExampleBecomesActive() throws IOException {
        var root = Path.of(System.getProperty("halcyon.test.root")).resolve("config/examples");
        var seen = new ArrayList<String>();
        for (var example : directories(root)) {
            for (var host : hosts(example)) {
                becomesActiveAndGoes(host, example.getFileName().toString());
                seen.add(root.relativize(host).toString());
            }
        }
        assertEquals("examples: " + seen, 8, seen.size());
        assertEquals(List.of(), Errors.logged());
    }

    /** What the example has is in the kernel, and nothing of it stays; nobody serves at its addresses here. */
    @Test
    public void theExampleOfVirtualServersBecomesActive() throws Exception {
        install("halcyon-lvs");
        var directory = Path.of(System.getProperty("halcyon.test.root")).resolve("config/examples/lvs/etc");
        var wanted = objects(directory, "io.halcyon.lvs-");
        for (var file : files(directory)) {
            Files.copy(file, etc.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Soon.is(
                "virtual servers",
                this::virtualServers,
                all -> names(all, VirtualServerStatus::name).equals(wanted.keySet())
                        && all.stream().allMatch(server -> server.state().equals("applied")));
        for (var server : virtualServers()) {
            assertEquals(server.name(), "rr", server.scheduler());
            assertEquals(server.name(), List.of(), server.warnings());
            for (var real : server.realServers()) {
                var key = real.name().equals("sorry") ? "sorry.server" : "real.server." + real.name();
                assertEquals(
                        wanted.get(server.name()).getProperty(key),
                        real.address().replaceFirst("\\[(.*)]:", "$1 "));
            }
        }
        assertEquals(5, checks.checks().size());
        for (var name : wanted.keySet()) {
            Files.delete(etc.resolve("io.halcyon.lvs-" + name + ".cfg"));
        }
        Soon.is("no virtual server is left", this::virtualServers, List::isEmpty);
        Soon.is("no check is left", checks::checks, List::isEmpty);
        assertEquals(List.of(), Errors.logged());
    }

    private List<VirtualServerStatus> virtualServers() {
        var service = context.getServiceReference(VirtualServerService.class);
        return service == null ? List.of() : context.getService(service).virtualServers();
    }

    /** Blocks that name the same file take turns; names with a number tell in the log which of them it was. */
    @Test
    public void everyBlockOfThePagesIsLoaded() throws Exception {
        installWhatPagesShow();
        var secret = Files.createTempFile("secret", "");
        Files.writeString(secret, "a long secret");
        var certificates = certificates();
        Files.writeString(certificates.resolve("url"), "http://127.0.0.1/");
        Files.setPosixFilePermissions(certificates.resolve("url"), PosixFilePermissions.fromString("rw-------"));
        var turns = new TreeMap<Integer, List<ShownBlock>>();
        var seen = new HashMap<String, Integer>();
        for (var block : ShownBlock.all(Path.of(System.getProperty("halcyon.test.root")))) {
            int turn = seen.merge(block.file(), 1, Integer::sum);
            turns.computeIfAbsent(turn, key -> new ArrayList<>())
                    .add(block.withSecret(secret)
                            .withCertificates(certificates)
                            .withSurroundings(certificates)
                            .numbered(turn));
        }
        assertTrue(
                "blocks: " + seen,
                seen.values().stream().mapToInt(Integer::intValue).sum() > 10);
        for (var blocks : turns.values()) {
            isLoadedAndGoes(blocks);
        }
        Soon.is("no router is left", routers::routers, List::isEmpty);
        Soon.is("no check is left", checks::checks, List::isEmpty);
        Soon.is("no notifier is left", notifiers::notifiers, List::isEmpty);
        Soon.is("no virtual server is left", this::virtualServers, List::isEmpty);
        assertEquals(List.of(), Errors.logged());
    }

    private static Path certificates() throws Exception {
        var directory = Files.createTempDirectory("certificates");
        var made = new ProcessBuilder(
                        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=example -days 2 -keyout key.pem -out ca.pem"
                                .split(" "))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        assertEquals("openssl", 0, made.waitFor());
        Files.copy(directory.resolve("ca.pem"), directory.resolve("certificate.pem"));
        return directory;
    }

    private void install(String feature) throws Exception {
        var known = features.getFeature(feature);
        if (known != null && !features.isInstalled(known)) {
            features.installFeature(feature, EnumSet.noneOf(FeaturesService.Option.class));
        }
    }

    /** Features that are not booted, but a page has a block of theirs. */
    private void installWhatPagesShow() throws Exception {
        var wanted = new TreeSet<>(Set.of("halcyon-vip-exec", "halcyon-lvs"));
        for (var block : ShownBlock.all(Path.of(System.getProperty("halcyon.test.root")))) {
            wanted.addAll(block.typeFeature().stream().toList());
        }
        for (var feature : wanted) {
            install(feature);
        }
    }

    private void isLoadedAndGoes(List<ShownBlock> blocks) throws IOException {
        for (var block : blocks) {
            Files.writeString(etc.resolve(block.file()), block.text());
        }
        for (var block : blocks) {
            var accepted = "configured by " + etc.resolve(block.file());
            Soon.is(block.file() + " as " + block.page() + " shows it is accepted", Errors::lines, log -> log.stream()
                    .anyMatch(line -> line.endsWith(accepted)));
        }
        for (var block : blocks) {
            Files.delete(etc.resolve(block.file()));
        }
    }

    private void becomesActiveAndGoes(Path directory, String example) throws IOException {
        var files = files(directory);
        for (var file : files) {
            Files.copy(file, etc.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        active(directory, example);
        for (var file : files) {
            if (file.getFileName().toString().contains("-")) {
                Files.delete(etc.resolve(file.getFileName()));
            }
        }
        Soon.is("no router is left of " + example, routers::routers, List::isEmpty);
        Soon.is("no check is left of " + example, checks::checks, List::isEmpty);
        Soon.is("no notifier is left of " + example, notifiers::notifiers, List::isEmpty);
    }

    private void active(Path directory, String example) throws IOException {
        var wantedRouters = objects(directory, "io.halcyon.vrrp-");
        var wantedChecks = objects(directory, "io.halcyon.check-");
        var wantedNotifiers = objects(directory, "io.halcyon.notify-").keySet();
        Soon.is(example + ": routers", routers::routers, all -> names(all, RouterStatus::name)
                .equals(wantedRouters.keySet()));
        Soon.is(example + ": checks", checks::checks, all -> names(all, CheckStatus::name)
                .equals(wantedChecks.keySet()));
        Soon.is(example + ": notifiers", notifiers::notifiers, all -> names(all, NotifierStatus::name)
                .equals(wantedNotifiers));
        Soon.is(
                example + ": router.id",
                node::routerId,
                read(directory.resolve("io.halcyon.cfg")).getProperty("router.id")::equals);
        wantedRouters.forEach((name, keys) -> {
            var router = routers.router(name).orElseThrow();
            assertEquals(keys.getProperty("virtual.router.id"), Integer.toString(router.vrid()));
            assertEquals(keys.getProperty("priority"), Integer.toString(router.configuredPriority()));
        });
        wantedChecks.forEach((name, keys) -> assertEquals(
                keys.getProperty("type"), checks.check(name).orElseThrow().type()));
        if (example.startsWith("seed")) {
            Soon.is(example + ": a warning", this::warnings, found -> !found.isEmpty());
        } else {
            Soon.is(example + ": nginx started by its check", checks::checks, all -> all.stream()
                    .allMatch(check -> check.verdict().health() == Health.UP));
            Soon.is(example + ": masters", routers::routers, all -> all.stream()
                    .allMatch(router -> router.state() == RouterState.MASTER));
            assertEquals(example, List.of(), warnings());
        }
    }

    private List<String> warnings() {
        var all = new ArrayList<String>();
        routers.routers().forEach(router -> all.addAll(router.warnings()));
        checks.checks().forEach(check -> all.addAll(check.warnings()));
        return all;
    }

    private static <T> Set<String> names(List<T> all, Function<T, String> name) {
        return all.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Properties> objects(Path directory, String prefix) throws IOException {
        var all = new TreeMap<String, Properties>();
        for (var name : files(directory, prefix)) {
            all.put(name, read(directory.resolve(prefix + name + ".cfg")));
        }
        return all;
    }

    private static List<String> files(Path directory, String prefix) throws IOException {
        return files(directory).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length(), name.length() - ".cfg".length()))
                .toList();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /** Directories of single hosts; what is no pair is another test's. */
    private static List<Path> hosts(Path example) throws IOException {
        return directories(example).stream()
                .filter(host -> !host.endsWith("etc"))
                .toList();
    }

    private static List<Path> directories(Path directory) throws IOException {
        return files(directory).stream().filter(Files::isDirectory).toList();
    }

    private static Properties read(Path file) throws IOException {
        var keys = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            keys.load(reader);
        }
        return keys;
    }
}
