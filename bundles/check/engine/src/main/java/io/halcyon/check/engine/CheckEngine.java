package io.halcyon.check.engine;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.api.check.CheckHistory;
import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.CheckType;
import io.halcyon.api.check.Health;
import io.halcyon.api.check.StartLateness;
import io.halcyon.api.check.TrackedChecks;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.spi.host.SocketOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The check engine as services: takes configurations in and tells readers. Thread-safe; all work is the loop thread's. */
@Component(
        service = {CheckService.class, CheckDefinitions.class, ManagedServiceFactory.class},
        property = "service.pid=" + CheckKeys.PID,
        immediate = true)
public final class CheckEngine implements CheckService, CheckDefinitions, ManagedServiceFactory {

    private static final Logger LOG = LoggerFactory.getLogger(CheckEngine.class);

    private final ConfigurationAdmin configurations;
    private final LoopThread loop = new LoopThread();
    private final VerdictBoard board = new VerdictBoard(loop);
    private final AtomicReference<@Nullable SocketOptions> socketOptions = new AtomicReference<>();
    private final Runners runners = new Runners(loop, socketOptions::get);
    private final Trackers trackers = new Trackers();
    private final Checks checks;
    private final CheckCommands commands;
    private final DefinedChecks definitions;
    private final Abandonment abandonment = new Abandonment(loop.timer(), this::endAbandoned);
    private final Map<HealthCheckFactory<?>, InstalledType> installed = new ConcurrentHashMap<>();
    private final Family<CheckSettings> family;

    @Activate
    public CheckEngine(@Reference ConfigurationAdmin configurations) {
        this.configurations = configurations;
        var data = Path.of(System.getProperty("karaf.data", "data"));
        var holds = new Holds(data.resolve("overrides"));
        var around = new Surroundings(loop, runners, board, Clock.systemUTC(), holds);
        var notices = new ConfigurationNotices(board);
        this.checks = new Checks(around, trackers, notices::causeOf);
        this.commands = new CheckCommands(checks, around);
        var parser = new SettingsParser(checks);
        this.definitions = new DefinedChecks(loop.timer(), parser, checks, holds);
        this.family = new Family<>(CheckKeys.PID, data.resolve("accepted"), loop.timer(), parser, checks, notices);
    }

    @Deactivate
    void deactivate() {
        family.close();
        var done = new CountDownLatch(1);
        loop.execute(() -> {
            checks.closeAll();
            done.countDown();
        });
        await(done, CheckCommands.MARGIN_MILLIS);
        runners.close();
        loop.close();
    }

    @Override
    public String getName() {
        return "Halcyon health checks";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            if (family.updated(pid, asMap(properties)) == Family.Outcome.GHOST) {
                loop.execute(() -> deleteGhost(pid));
            }
        } catch (Refusal refusal) {
            throw new ConfigurationException(refusal.key(), refusal.getMessage());
        }
    }

    @Override
    public void deleted(String pid) {
        family.deleted(pid);
    }

    @Override
    public Optional<Objection> judge(Map<String, String> keys) {
        return definitions.judge(keys);
    }

    @Override
    public void define(String owner, Map<String, Map<String, String>> wanted) {
        definitions.define(owner, wanted);
    }

    @Override
    public void forget(String owner) {
        definitions.forget(owner);
    }

    @Override
    public List<CheckStatus> checks() {
        var tracked = trackers.now();
        return checks.all().stream()
                .map(check -> tracked.complete(check.status()))
                .toList();
    }

    @Override
    public Optional<CheckStatus> check(String name) {
        return Optional.ofNullable(checks.find(name)).map(check -> trackers.complete(check.status()));
    }

    @Override
    public StartLateness startLateness() {
        return runners.lateness().summary();
    }

    @Override
    public List<CheckType> types() {
        return checks.types().stream()
                .map(InstalledType::description)
                .sorted(Comparator.comparing(CheckType::type))
                .toList();
    }

    @Override
    public List<CheckType.Parameter> commonKeys() {
        return InstalledType.commonKeys();
    }

    @Override
    public List<CheckHistory> history(String name, int limit) {
        return commands.history(name, limit);
    }

    @Override
    public CheckStatus run(String name) throws InterruptedException {
        return trackers.complete(commands.run(name));
    }

    @Override
    public CheckStatus force(String name, Health health, @Nullable Duration lasting, String reason) {
        return trackers.complete(commands.force(name, health, lasting, reason));
    }

    @Override
    public CheckStatus disable(String name, @Nullable Duration lasting, String reason) {
        return trackers.complete(commands.disable(name, lasting, reason));
    }

    @Override
    public CheckStatus enable(String name) {
        return trackers.complete(commands.enable(name));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFactory(HealthCheckFactory<?> factory) {
        var type = InstalledType.of(factory, bundleOf(factory));
        installed.put(factory, type);
        checks.add(type, plugin(type, "came"));
        family.recheck(settings -> settings.type().equals(type.type()));
    }

    void removeFactory(HealthCheckFactory<?> factory) {
        var type = installed.remove(factory);
        if (type != null) {
            checks.remove(type, plugin(type, "went"));
        }
    }

    private long plugin(InstalledType type, String what) {
        return board.publish(new Event.PluginChange(type.type(), "check type " + what));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(VerdictListener listener) {
        board.add(listener);
    }

    void removeListener(VerdictListener listener) {
        board.remove(listener);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTracked(TrackedChecks tracked) {
        trackers.add(tracked);
    }

    void removeTracked(TrackedChecks tracked) {
        trackers.remove(tracked);
        abandonment.somebodyWent();
    }

    /** On the timer's thread, like all that is defined. */
    void endAbandoned() {
        definitions.endAbandoned(trackers.now().trackers().keySet());
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSink(EventSink sink) {
        board.sinks().set(sink);
    }

    void unsetSink(EventSink sink) {
        board.sinks().unset(sink);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSocketOptions(SocketOptions options) {
        socketOptions.set(options);
    }

    void unsetSocketOptions(SocketOptions options) {
        socketOptions.compareAndSet(options, null);
    }

    private void deleteGhost(String pid) {
        try {
            configurations.getConfiguration(pid, "?").delete();
            // What was held of it would otherwise be held of the next one of that name.
            commands.forget(pid.substring(pid.lastIndexOf('~') + 1));
            LOG.info("{}: its file is gone, so it is deleted", pid);
        } catch (IOException e) {
            LOG.warn("{}: its file is gone, but it cannot be deleted: {}", pid, e.getMessage());
        }
    }

    private static void await(CountDownLatch done, long millis) {
        try {
            if (!done.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debug("no answer within {} ms", millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> asMap(Dictionary<String, ?> properties) {
        var map = new TreeMap<String, Object>();
        Collections.list(properties.keys()).forEach(key -> map.put(key, properties.get(key)));
        return map;
    }

    private static String bundleOf(HealthCheckFactory<?> factory) {
        var bundle = FrameworkUtil.getBundle(factory.getClass());
        return bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
