package io.halcyon.lvs.engine;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.api.check.TrackedChecks;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.lvs.VirtualServerExplanation;
import io.halcyon.api.lvs.VirtualServerService;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.api.notify.NotifierDefinitions;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.lvs.engine.server.ServerSettings;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.dataplane.Dataplane;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
 * Wires virtual servers into OSGi: configurations, verdicts and data planes in; status and commands out. Thread-safe; all work
 * is the loop thread's.
 *
 * <p>When only this bundle stops, checks and notifiers that it defined go on: the next one adopts them with their verdicts, as
 * it adopts what is in the kernel.
 */
@Component(
        immediate = true,
        service = {ManagedServiceFactory.class, VirtualServerService.class, VerdictListener.class, TrackedChecks.class},
        property = "service.pid=" + ServerSettings.PID)
public final class LvsEngine implements ManagedServiceFactory, VirtualServerService, VerdictListener, TrackedChecks {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");

    private final ConfigurationAdmin configurations;
    private final Sinks sinks;
    private final Core core;

    @Activate
    public LvsEngine(@Reference ConfigurationAdmin configurations, @Reference LvsNode node) {
        this(
                configurations,
                node,
                new Core(
                        configurations,
                        node,
                        InetAddress::getAllByName,
                        LocalAddresses::ofKernel,
                        Settling.Patience.USUAL));
    }

    LvsEngine(ConfigurationAdmin configurations, LvsNode node, Core core) {
        this.configurations = configurations;
        this.sinks = node.sinks();
        this.core = core;
        core.begin();
    }

    @Deactivate
    void deactivate() {
        core.end(containerStops());
    }

    /** Otherwise only a bundle stops, for an update most likely. */
    private static boolean containerStops() {
        Bundle own = FrameworkUtil.getBundle(LvsEngine.class);
        BundleContext context = own == null ? null : own.getBundleContext();
        return context == null || context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.STOPPING;
    }

    // what comes and goes

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDataplane(Dataplane plane) {
        core.planes().add(plane);
        plugin(plane, "came");
        core.loop().execute(() -> core.servers().planeCame(plane.name()));
        core.family().recheck(settings -> isFor(settings, plane));
    }

    void removeDataplane(Dataplane plane) {
        core.planes().remove(plane);
        plugin(plane, "goes");
        // It must be closed before its code is gone.
        core.onTheLoop(() -> core.servers().planeWent(plane));
    }

    private static boolean isFor(ServerSettings settings, Dataplane plane) {
        var wanted = settings.spreading().dataplane();
        return wanted.isEmpty() || wanted.equals(plane.name());
    }

    private void plugin(Dataplane plane, String what) {
        sinks.publish(new Event.PluginChange(plane.name(), "data plane " + what), List.of());
    }

    /** Who makes checks tells us of verdicts, so each would wait for the other if we began with him. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setChecks(CheckDefinitions checks) {
        core.definitions().set(checks);
        core.family().recheck(settings -> true);
    }

    void unsetChecks(CheckDefinitions checks) {
        core.definitions().unset(checks);
        // Before anybody else is here, who is told what his checks begin with.
        core.onTheLoop(core.servers()::nobodyLooks);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setNotifiers(NotifierDefinitions notifiers) {
        core.definitions().set(notifiers);
    }

    void unsetNotifiers(NotifierDefinitions notifiers) {
        core.definitions().unset(notifiers);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSink(EventSink sink) {
        sinks.set(sink);
    }

    void unsetSink(EventSink sink) {
        sinks.unset(sink);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setRouters(RouterService routers) {
        core.watch().set(routers);
    }

    void unsetRouters(RouterService routers) {
        core.watch().unset(routers);
    }

    // configuration

    @Override
    public String getName() {
        return "Halcyon virtual servers";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            if (core.family().updated(pid, FrameworkUtil.asMap(properties)) == Family.Outcome.GHOST) {
                configurations.getConfiguration(pid, null).delete();
            }
        } catch (Refusal refusal) {
            throw new ConfigurationException(refusal.key(), refusal.getMessage(), refusal);
        } catch (IOException e) {
            LOG.warn("{}: its file is gone, but ConfigAdmin keeps it: {}", pid, e.getMessage());
        } finally {
            core.seen(pid);
        }
    }

    @Override
    public void deleted(String pid) {
        core.family().deleted(pid);
        core.seen(pid);
    }

    // verdicts

    @Override
    public void onVerdict(Verdict verdict) {
        core.loop().execute(() -> core.servers().verdict(verdict));
    }

    @Override
    public void onVerdictRemoved(String name) {
        onVerdictRemoved(name, 0);
    }

    @Override
    public void onVerdictRemoved(String name, long eventId) {
        core.loop().execute(() -> core.servers().verdictGone(name, eventId));
    }

    @Override
    public Map<String, List<String>> trackedChecks() {
        return core.servers().verdicts().trackers();
    }

    // readers and commands

    @Override
    public List<VirtualServerStatus> virtualServers() {
        return core.reports().all();
    }

    @Override
    public Optional<VirtualServerStatus> virtualServer(String name) {
        return core.reports().one(name);
    }

    @Override
    public VirtualServerExplanation explain(String name) {
        return core.reports().explain(name);
    }

    @Override
    public void weight(String name, String realServer, int weight) {
        core.commands().weight(name, realServer, weight);
    }

    @Override
    public void drain(
            String name, String realServer, @Nullable Duration deadline, @Nullable Duration lasting, String reason) {
        core.commands().drain(name, realServer, deadline, lasting, reason);
    }

    @Override
    public void undrain(String name, String realServer) {
        core.commands().undrain(name, realServer);
    }

    @Override
    public void rebuild(String name) {
        core.commands().rebuild(name);
    }
}
