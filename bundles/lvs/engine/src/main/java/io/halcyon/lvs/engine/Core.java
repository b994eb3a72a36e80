package io.halcyon.lvs.engine;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.lvs.engine.server.ServerSettings;
import io.halcyon.settings.Family;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's parts, put together. Thread-safe. */
final class Core {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");

    private final LvsNode node;
    private final LvsLoop loop = new LvsLoop();
    private final ScheduledThreadPoolExecutor background = Threads.passing("lvs-config");
    private final Dataplanes planes = new Dataplanes();
    private final Holds holds;
    private final Memories memories;
    private final Definitions definitions;
    private final Servers servers;
    private final Settling settling;
    private final Watch watch;
    private final Reports reports;
    private final Commands commands;
    private final Family<ServerSettings> family;
    private volatile boolean flushOnStop;

    Core(
            ConfigurationAdmin configurations,
            CheckDefinitions checks,
            LvsNode node,
            Resolver.Lookup lookup,
            LocalAddresses local,
            Settling.Patience patience) {
        var data = Path.of(System.getProperty("karaf.data", "data"));
        this.node = node;
        holds = new Holds(data.resolve("overrides"));
        memories = new Memories(data.resolve("lvs"));
        definitions = new Definitions(checks);
        var around = new Surroundings(
                loop, planes, definitions, node.sinks(), holds, memories, Clock.systemUTC(), background);
        var notices = new Notices(node.sinks());
        servers = new Servers(around, new UsedPlanes(data.resolve("lvs.dataplanes")), lookup, notices::causeOf);
        settling = new Settling(
                patience, Configured.pids(configurations), servers.tables()::settle, this::forgetThoseGone);
        watch = new Watch(loop, local, servers.presence(), servers.tables());
        reports = new Reports(around, servers);
        commands = new Commands(around, servers);
        var parser = new SettingsParser(planes, definitions, this::accepted, this::leaving);
        family = new Family<>(ServerSettings.PID, data.resolve("accepted"), background, parser, servers, notices);
    }

    void begin() {
        servers.presence().wakes(watch::wake);
        loop.execute(() -> settling.begin(loop));
        node.follow(this::configured);
        loop.start(() -> servers.endOfTurn(settling.gathered()));
    }

    /** @param container whether all of it stops, and not only this bundle */
    void end(boolean container) {
        node.follow(settings -> {});
        family.close();
        watch.close();
        boolean flush = container && flushOnStop;
        try {
            onTheLoop(() -> servers.stop(container, flush));
        } catch (IllegalStateException e) {
            LOG.warn("virtual servers did not end in time: {}", e.getMessage());
        }
        loop.close();
        Threads.end(background);
    }

    /** Does it on the loop's thread and waits for it; does nothing after the end. */
    void onTheLoop(Runnable what) {
        if (loop.isClosed()) {
            return;
        }
        Answers.of(
                loop.ask(() -> {
                    what.run();
                    return true;
                }),
                Answers.LONG_SECONDS);
    }

    /** Virtual servers whose files went while nobody could hear of it. */
    private void forgetThoseGone() {
        background.execute(() -> {
            var gone = memories.names();
            gone.addAll(holds.names());
            gone.removeAll(family.known());
            loop.execute(() -> servers.forget(gone));
        });
    }

    /** What the family orders comes by the same two ways, so it is there before. */
    void seen(String pid) {
        background.execute(() -> loop.execute(() -> settling.seen(pid)));
    }

    LvsLoop loop() {
        return loop;
    }

    Dataplanes planes() {
        return planes;
    }

    Definitions definitions() {
        return definitions;
    }

    Servers servers() {
        return servers;
    }

    Watch watch() {
        return watch;
    }

    Reports reports() {
        return reports;
    }

    Commands commands() {
        return commands;
    }

    Family<ServerSettings> family() {
        return family;
    }

    private Map<String, ServerSettings> accepted() {
        return family.current();
    }

    private Set<String> leaving() {
        return family.pendingRemoval();
    }

    private void configured(NodeSettings settings) {
        flushOnStop = settings.flushOnStop();
        loop.execute(() -> servers.tables().options(settings.options()));
        watch.follow(settings.sync());
    }
}
