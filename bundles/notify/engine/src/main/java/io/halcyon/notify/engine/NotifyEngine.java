package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventLog;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.node.Node;
import io.halcyon.api.notify.DeadLetter;
import io.halcyon.api.notify.NotifierDefinitions;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.NotifyService;
import io.halcyon.api.notify.QueuedEvent;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.notify.NotifierFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
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
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events and notifiers as services: takes events and configurations in and tells readers. Thread-safe. */
@Component(
        service = {
            EventSink.class,
            EventLog.class,
            NotifyService.class,
            NotifierDefinitions.class,
            ManagedServiceFactory.class
        },
        property = "service.pid=" + NotifyKeys.PID,
        immediate = true)
public final class NotifyEngine
        implements EventSink, EventLog, NotifyService, NotifierDefinitions, ManagedServiceFactory {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    /** More than that nobody gets at once. */
    private static final int MOST = 10_000;

    private final ConfigurationAdmin configurations;
    private final ScheduledExecutorService timer = Threads.timer(() -> "notify-timer");
    private final EventStore store;
    private final Couriers couriers;
    private final DefinedNotifiers definitions;
    private final EventHub hub;
    private final Family<NotifierSettings> family;

    // Not of its own type: its package is an optional import.
    private volatile @Nullable Object eventAdmin;

    @Activate
    public NotifyEngine(@Reference ConfiguredNode node, @Reference ConfigurationAdmin configurations) {
        this(node, node::journalLimits, configurations, Path.of(System.getProperty("karaf.data", "data")), Pace.USUAL);
    }

    NotifyEngine(Node node, Supplier<JournalLimits> limits, ConfigurationAdmin configurations, Path data, Pace pace) {
        this.configurations = configurations;
        var journal = data.resolve("journal");
        store = new EventStore(journal, limits, Disk.REAL, EventStore.PATIENCE_MILLIS, this::announce, new Late());
        var alarms = Threads.timer(() -> "notify-alarm");
        couriers = new Couriers(new Office(pace, alarms, store, store.watch(), journal));
        definitions = new DefinedNotifiers(timer, couriers);
        hub = new EventHub(node, store, couriers::offer, this::post);
        hub.announce(store.beginRun(node.routerId()), List.of());
        family = new Family<>(
                NotifyKeys.PID,
                data.resolve("accepted"),
                timer,
                couriers,
                couriers,
                new Notices(NotifyKeys.PID, this::publish));
    }

    @Deactivate
    void deactivate() {
        family.close();
        couriers.close();
        store.close();
        timer.shutdownNow();
    }

    @Override
    public long publish(Event event, List<Long> causes) {
        return hub.publish(event, causes);
    }

    @Override
    public List<EventRecord> last(int limit) {
        return store.search(EventFilter.ALL, Math.min(limit, Recent.KEPT));
    }

    @Override
    public List<EventRecord> after(long id, int limit, Duration patience) throws InterruptedException {
        return hub.after(id, limit, patience);
    }

    @Override
    public List<NotifierStatus> notifiers() {
        return couriers.statuses();
    }

    @Override
    public String test(String name) throws InterruptedException {
        var courier = couriers.named(name);
        return courier.trial(hub.number(new Event.Trial(name, "trial message, somebody asked for it"), List.of()));
    }

    @Override
    public List<EventRecord> search(EventFilter filter, int limit) {
        return store.search(filter, Math.min(limit, MOST));
    }

    @Override
    public Optional<EventRecord> event(long id) {
        return store.event(id);
    }

    @Override
    public List<QueuedEvent> queue(String name, int limit) {
        return couriers.named(name).queue(Math.max(1, Math.min(limit, MOST)));
    }

    @Override
    public List<DeadLetter> dead(String name) {
        return couriers.named(name).deadLetters();
    }

    @Override
    public int retry(String name, List<Long> ids) {
        return couriers.named(name).retry(ids);
    }

    @Override
    public int forget(String name, List<Long> ids) {
        return couriers.named(name).forget(ids);
    }

    @Override
    public Optional<Objection> judge(Map<String, String> keys) {
        return definitions.judge(keys);
    }

    @Override
    public void define(String owner, Map<String, Map<String, String>> notifiers) {
        definitions.define(owner, notifiers);
    }

    @Override
    public String getName() {
        return "Halcyon notifiers";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            var texts = FrameworkUtil.asMap(properties);
            if (family.updated(pid, texts) == Family.Outcome.GHOST) {
                timer.execute(() -> deleteGhost(pid, GhostName.of(texts)));
            }
        } catch (Refusal refusal) {
            throw new ConfigurationException(refusal.key(), refusal.getMessage());
        }
    }

    @Override
    public void deleted(String pid) {
        family.deleted(pid);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFactory(NotifierFactory<?> factory) {
        couriers.addType(factory);
        family.recheck(settings -> settings.type().equals(factory.type()));
        publish(new Event.PluginChange(factory.type(), "notifier type came"));
    }

    void removeFactory(NotifierFactory<?> factory) {
        couriers.removeType(factory);
        publish(new Event.PluginChange(factory.type(), "notifier type went"));
    }

    @Reference(
            service = EventAdmin.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setEventAdmin(Object service) {
        eventAdmin = service;
    }

    void unsetEventAdmin(Object service) {
        if (eventAdmin == service) {
            eventAdmin = null;
        }
    }

    private void publish(Event event) {
        hub.publish(event, List.of());
    }

    private void announce(Event event) {
        hub.announce(event, List.of());
    }

    /** The couriers, which are made later. */
    private final class Late implements Stragglers {

        @Override
        public void lose(List<EventRecord> gone) {
            couriers.lose(gone);
        }

        @Override
        public boolean areBefore(long id) {
            return couriers.areBefore(id);
        }
    }

    private void post(EventRecord happened) {
        var admin = eventAdmin;
        if (admin == null) {
            return;
        }
        try {
            EventAdminPost.post(admin, happened);
        } catch (LinkageError | ClassCastException e) {
            // It came after us, and we are not wired to its package until a refresh.
            LOG.debug("event {} was not posted: {}", happened.id(), e.toString());
        }
    }

    private void deleteGhost(String pid, String name) {
        try {
            couriers.forget(name);
            configurations.getConfiguration(pid, "?").delete();
            LOG.info("{}: its file is gone, so it is deleted", pid);
        } catch (IOException e) {
            LOG.warn("{}: its file is gone, but it cannot be deleted: {}", pid, e.getMessage());
        }
    }
}
