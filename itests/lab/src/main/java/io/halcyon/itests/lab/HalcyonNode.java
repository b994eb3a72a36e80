package io.halcyon.itests.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Halcyon as it ships: the tar.gz, its launcher, an instance directory of the node's own. */
public final class HalcyonNode implements Node {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where the host sees its instance; short, because the path of a Unix socket must be. */
    static final String BASE = "/run/halcyon";

    /** Whoever runs there can only read the installation; a second node finds it so already. */
    private static final String READ_ONLY =
            """
            if ! findmnt -n '%1$s' >/dev/null; then
                mount --bind '%1$s' '%1$s'
                mount -o remount,bind,ro '%1$s'
            fi
            """;

    /** What {@code featuresBoot} ends with. */
    private static final String LAST_BOOTED = "halcyon-notify-smtp";

    private static final Duration FIRST_START = Duration.ofSeconds(60);

    private final Host host;
    private final String base;
    private final Path launcher;
    private final Path directory;
    private final Path output;
    private String transport = "";
    private String javaOptions = "";
    private int routers;
    private long logStart;
    private @Nullable HostProcess process;

    public HalcyonNode(Lab lab, String name, Distribution distribution) {
        this(lab, name, distribution, BASE);
    }

    /** One of several instances in a host. */
    HalcyonNode(Lab lab, String name, Distribution distribution, String base) {
        var instance = base.substring(base.lastIndexOf('/') + 1);
        this.host = lab.host(name);
        this.base = base;
        this.launcher = distribution.launcher();
        this.directory = lab.directory(name).resolve(instance);
        this.output = lab.directory(name).resolve(instance + ".out");
        try {
            Files.createDirectories(etc());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        host.shell(READ_ONLY.formatted(distribution.home()));
        host.shell("mkdir -p %1$s && mount --bind '%2$s' %1$s".formatted(base, directory));
    }

    /**
     * Installs a feature while it runs. Karaf's boot stages and {@code feature:install} each begin from the features that
     * they found, so one that overlaps a stage would be undone by it: the last stage has to be over.
     */
    public void install(String feature) {
        Await.until("the boot is over in " + host.name(), FIRST_START, () -> command("feature:list", "-i")
                .output()
                .contains(LAST_BOOTED));
        command("feature:install", feature).orThrow();
    }

    /** The same node with all its routers over another transport, whose feature boots with the platform. */
    public HalcyonNode over(String plugin) {
        transport = "transport = " + plugin + "\n";
        return with("halcyon-transport-" + plugin);
    }

    /** The same node with features that boot with the platform. */
    public HalcyonNode with(String... features) {
        return withEnvironment("HALCYON_FEATURES='" + String.join(" ", features) + "'\n");
    }

    /** The same node with these lines in its {@code etc/halcyon.env}. */
    public HalcyonNode withEnvironment(String lines) {
        Directories.write(etc().resolve("halcyon.env"), lines);
        return this;
    }

    /** The same node with more options for its JVM. */
    HalcyonNode withJavaOptions(String more) {
        javaOptions = more;
        return this;
    }

    @Override
    public String host() {
        return host.name();
    }

    /** The instance's configuration directory. */
    public Path etc() {
        return directory.resolve("etc");
    }

    @Override
    public void configure(List<Router> wanted) {
        clear();
        wanted.forEach(this::write);
    }

    /** Removes all objects' configurations. */
    public void clear() {
        try (var files = Files.newDirectoryStream(etc(), "io.halcyon.*")) {
            for (var file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        routers = 0;
    }

    /** Writes one router's file, and its check's. */
    public void write(Router router) {
        Directories.write(file(router), router.halcyon() + transport);
        routers++;
        if (!router.trackedFile().isEmpty()) {
            Directories.write(etc().resolve("io.halcyon.check-" + Router.CHECK + ".cfg"), router.halcyonCheck());
        }
    }

    public Path file(Router router) {
        return etc().resolve("io.halcyon.vrrp-" + router.name() + ".cfg");
    }

    /** Takes the files of an example as they are. */
    public void useExample(Path example) {
        clear();
        try (var files = Files.newDirectoryStream(example, "io.halcyon*")) {
            for (var file : files) {
                Files.copy(file, etc().resolve(file.getFileName()));
                routers += file.getFileName().toString().startsWith("io.halcyon.vrrp-") ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        logStart = Directories.size(logFile());
        Map<String, String> environment = new HashMap<>(environment());
        if (!javaOptions.isEmpty()) {
            environment.put("JDK_JAVA_OPTIONS", javaOptions);
        }
        process = host.launch(environment, output, List.of(launcher.toString(), "run"));
    }

    /** Waits until it takes commands, which it does as the last thing of a start. */
    void awaitCommandLine(Duration limit) {
        Await.until(host.name() + " takes commands", limit, () -> log().contains("local command line: listening"));
    }

    private Map<String, String> environment() {
        return Map.of("HALCYON_BASE", base);
    }

    private HostProcess running() {
        if (process == null) {
            throw new LabException("halcyon was not started in " + host.name());
        }
        return process;
    }

    /** Types a command on the host's command line. */
    public Host.Outcome command(String... words) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        return host.run(environment(), "", command);
    }

    /** What a command prints with {@code -o json}. */
    public JsonNode json(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("-o", "json"));
        var outcome = command(command.toArray(String[]::new));
        try {
            return JSON.readTree(outcome.orThrow());
        } catch (JsonProcessingException e) {
            throw new LabException(outcome.command() + " did not print JSON: " + outcome.output(), e);
        }
    }

    @Override
    public void beginStop() {
        running().terminate();
    }

    @Override
    public void stop(Duration limit) {
        beginStop();
        awaitEnd(limit);
    }

    @Override
    public void awaitEnd(Duration limit) {
        running().exit(limit);
    }

    @Override
    public Grip grip() {
        return running().grip();
    }

    @Override
    public void kill() {
        running().kill();
    }

    @Override
    public void freeze() {
        running().freeze();
    }

    @Override
    public void thaw() {
        running().thaw();
    }

    @Override
    public boolean alive() {
        return process != null && process.alive();
    }

    private Path logFile() {
        return directory.resolve("data/log/halcyon.log");
    }

    @Override
    public String log() {
        return Directories.read(logFile(), 0);
    }

    /** What it logged since its last start. */
    public String logSinceStart() {
        return Directories.read(logFile(), logStart);
    }

    /** What it printed, for a person who looks for the cause of a failure. */
    public String output() {
        return Directories.read(output, 0);
    }

    @Override
    public void awaitBackup(Duration limit) {
        Await.until(
                host.name() + ": all " + routers + " routers are backups",
                limit,
                () -> logSinceStart()
                                .lines()
                                .filter(line -> line.contains("INIT -> BACKUP"))
                                .count()
                        >= routers);
    }

    /** The socket of its command line, as this machine reaches it: the instance's own path may be too long for a socket. */
    public Path socket() {
        return Path.of("/proc/" + host.pid() + "/root" + BASE + "/run/halcyon.sock");
    }

    /** The process id of its JVM, as this machine counts. */
    public int pid() {
        return running().pid();
    }

    /** The process's resident memory in kB. */
    public long residentKilobytes() {
        try (var lines = Files.lines(Path.of("/proc/" + running().pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (alive()) {
            running().kill();
        }
    }
}
