package io.halcyon.vrrp.engine;

import io.halcyon.api.check.TrackedChecks;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.host.Host;
import io.halcyon.spi.host.Supervisor;
import io.halcyon.spi.link.LinkMonitor;
import io.halcyon.spi.transport.Transport;
import io.halcyon.spi.vip.VipManager;
import io.halcyon.vrrp.engine.loop.RouterSettings;
import io.halcyon.vrrp.engine.loop.VrrpLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
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

/**
 * Wires the loop into OSGi: configurations, verdicts, transports, VIP managers in; status and commands out.
 *
 * <p>Immediate, because ConfigAdmin gives a factory back after each call, and a delayed component would end with it.
 *
 * <p>Host and links are static references: when one goes, this component is deactivated first, while the one that goes
 * still works. Routers then hand over; where nobody takes over, the addresses stay to their lease, and the
 * component that follows adopts them. Only when the whole container stops do they go in any case.
 */
@Component(
        immediate = true,
        service = {ManagedServiceFactory.class, RouterService.class, VerdictListener.class, TrackedChecks.class},
        property = "service.pid=" + VrrpEngine.PID)
public final class VrrpEngine implements ManagedServiceFactory, RouterService, VerdictListener, TrackedChecks {

    static final String PID = "io.halcyon.vrrp";

    private static final Logger LOG = LoggerFactory.getLogger(VrrpEngine.class);
    private static final long ANSWER_SECONDS = 2;
    /** A router stops or steps aside within 5 s; a little is for the last address to go. */
    private static final long STOP_MILLIS = 5_400;

    private static final long AT_ONCE_MILLIS = 500;

    private final ConfigurationAdmin configurations;
    private final Sinks sinks = new Sinks();
    private final Supervisor supervisor;
    private final VrrpLoop loop;
    private final ScheduledExecutorService timer;
    private final Routers routers;
    private final Family<RouterSettings> family;

    @Activate
    public VrrpEngine(
            @Reference ConfigurationAdmin configurations, @Reference Host host, @Reference LinkMonitor links) {
        this.configurations = configurations;
        Path data = Path.of(System.getProperty("karaf.data", "data"));
        supervisor = host.supervisor();
        loop = new VrrpLoop(host, links, new StatusLine(supervisor, sinks));
        Notices notices = new Notices(sinks);
        routers = new Routers(loop, new Overrides(data.resolve("overrides")), notices::causeOf);
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "vrrp-config");
            thread.setDaemon(true);
            return thread;
        });
        family = new Family<>(
                PID,
                data.resolve("accepted"),
                timer,
                new CheckedParser(this::accepted, this::leaving),
                routers,
                notices);
        loop.start();
        supervisor.ready();
    }

    @Deactivate
    void deactivate() {
        if (containerStops()) {
            supervisor.stopping();
        }
        boolean now = Boolean.getBoolean("halcyon.stop.now");
        boolean over = await(
                containerStops() ? loop.stopAll("planned stop", now) : loop.suspendAll("bundle stops"), STOP_MILLIS);
        if (!over && containerStops()) {
            // An address without a lease would stay for ever.
            await(loop.stopAll("planned stop took too long", true), AT_ONCE_MILLIS);
        }
        family.close();
        timer.shutdownNow();
        loop.close();
    }

    /** Otherwise only a bundle stops, for an update most likely. */
    private static boolean containerStops() {
        Bundle own = FrameworkUtil.getBundle(VrrpEngine.class);
        BundleContext context = own == null ? null : own.getBundleContext();
        return context == null || context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.STOPPING;
    }

    private static boolean await(CompletableFuture<Void> done, long millis) {
        try {
            done.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("routers did not hand over within {} ms", millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    // plugins that come and go

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransport(Transport transport) {
        loop.addTransport(transport, plugin("transport", transport.name(), "came"));
    }

    void removeTransport(Transport transport) {
        await(loop.removeTransport(transport, plugin("transport", transport.name(), "goes")), STOP_MILLIS);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addVipManager(VipManager manager) {
        loop.addVipManager(manager, plugin("vip manager", manager.name(), "came"));
    }

    void removeVipManager(VipManager manager) {
        await(loop.removeVipManager(manager, plugin("vip manager", manager.name(), "goes")), STOP_MILLIS);
    }

    private long plugin(String kind, String name, String what) {
        return sinks.publish(new Event.PluginChange(name, kind + " " + what), List.of());
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addSink(EventSink sink) {
        sinks.set(sink);
    }

    void removeSink(EventSink sink) {
        sinks.unset(sink);
    }

    // configuration

    private Map<String, RouterSettings> accepted() {
        return family.current();
    }

    private Set<String> leaving() {
        return family.pendingRemoval();
    }

    @Override
    public String getName() {
        return "Halcyon virtual routers";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            if (family.updated(pid, FrameworkUtil.asMap(properties)) == Family.Outcome.GHOST) {
                configurations.getConfiguration(pid, null).delete();
            }
        } catch (Refusal refusal) {
            throw new ConfigurationException(refusal.key(), refusal.getMessage(), refusal);
        } catch (IOException e) {
            LOG.warn("{}: its file is gone, but ConfigAdmin keeps it: {}", pid, e.getMessage());
        }
    }

    @Override
    public void deleted(String pid) {
        family.deleted(pid);
    }

    // verdicts

    @Override
    public void onVerdict(Verdict verdict) {
        loop.verdict(verdict);
    }

    @Override
    public void onVerdictRemoved(String name) {
        onVerdictRemoved(name, 0);
    }

    @Override
    public void onVerdictRemoved(String name, long eventId) {
        loop.verdictRemoved(name, eventId);
    }

    @Override
    public Map<String, List<String>> trackedChecks() {
        return routers.trackedChecks();
    }

    // readers and commands

    @Override
    public List<RouterStatus> routers() {
        return answer(loop.routers());
    }

    @Override
    public Optional<RouterStatus> router(String name) {
        return routers().stream().filter(router -> router.name().equals(name)).findFirst();
    }

    @Override
    public RouterExplanation explain(String name) {
        return answer(loop.explain(name));
    }

    @Override
    public void priority(String name, int priority, boolean save) {
        if (priority < 0 || priority > 254) {
            throw new IllegalArgumentException(
                    "priority " + priority + " is not within 1-254 (0 withdraws an override)");
        }
        answer(loop.priority(name, priority));
        routers.override(name, priority, save);
    }

    @Override
    public void failover(String name) {
        answer(loop.failover(name));
    }

    private static <T> T answer(CompletableFuture<T> question) {
        try {
            return question.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new IllegalArgumentException(refused.getMessage(), refused);
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the loop did not answer within " + ANSWER_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the loop", e);
        }
    }
}
