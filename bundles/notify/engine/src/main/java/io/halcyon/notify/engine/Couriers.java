package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.notify.NotifierFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All notifiers, and the types they are made from.
 *
 * <p>Thread-safe. The lock serializes configurations and types that come and go; whoever offers an event or reads never
 * waits for it.
 */
final class Couriers implements Family.Parser<NotifierSettings>, Family.Objects<NotifierSettings> {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    /** Whoever publishes an event wakes so many; to start the threads of more takes longer than a router can spare. */
    private static final int FEW = 16;

    /** After so many events, those that did not want them write that down: whoever crashes must not go through too many again. */
    private static final int SWEEP = 1_000;

    private final Office office;
    private final ScheduledExecutorService waker = Threads.timer(() -> "notify-waker");
    private final SharedLanes lanes = new SharedLanes();
    private final AtomicBoolean waking = new AtomicBoolean();
    private final Map<String, Courier> couriers = new ConcurrentSkipListMap<>();
    private final Routes routes = new Routes();
    private final Queue<Courier> toWake = new ConcurrentLinkedQueue<>();

    // Up to here all events were offered.
    private volatile long offeredId;
    private volatile long sweptId;
    private final List<InstalledType<?>> types = new CopyOnWriteArrayList<>();
    private boolean closed;

    Couriers(Office office) {
        this.office = office;
    }

    @Override
    public NotifierSettings parse(ConfigText text) throws Refusal {
        var settings = NotifierSettings.of(text);
        var type = type(settings.type());
        if (type != null) {
            // Made for its judgement only: keys that contradict each other are refused now, not later.
            type.make(text).close();
        }
        return settings;
    }

    @Override
    public boolean complete(NotifierSettings settings) {
        return type(settings.type()) != null;
    }

    @Override
    public synchronized void apply(String name, NotifierSettings settings) {
        if (closed) {
            return;
        }
        var courier = couriers.get(name);
        if (courier == null) {
            couriers.put(name, made(name, settings));
            return;
        }
        // It is offered what it wants before it looks how much of that there is.
        var before = courier.settings().filter();
        routes.add(courier, settings.filter());
        courier.configure(settings);
        routes.change(courier, before, settings.filter());
        couple(courier);
    }

    private Courier made(String name, NotifierSettings settings) {
        var courier = isOfFile(name)
                ? new Courier(name, settings, office)
                : new Courier(name, settings, office, lanes.lane());
        routes.add(courier, settings.filter());
        try {
            couple(courier);
            return courier;
        } catch (RuntimeException | LinkageError e) {
            routes.remove(courier, settings.filter());
            throw e;
        }
    }

    @Override
    public synchronized void remove(String name) {
        var courier = couriers.remove(name);
        if (courier != null) {
            routes.remove(courier, courier.settings().filter());
            courier.vanish();
        }
    }

    /** What a notifier of that name has kept goes, unless there is one. */
    synchronized void forget(String name) {
        if (!name.isEmpty() && !couriers.containsKey(name)) {
            new Cursor(office.directory(), name).delete();
            new DeadLetters(office.directory(), name).delete();
        }
    }

    /** What notifiers of names that begin like this have kept goes, except of these and of those that are there. */
    synchronized void forgetOthers(String beginning, Set<String> names) {
        var kept = new TreeSet<String>();
        kept.addAll(Cursor.names(office.directory()));
        kept.addAll(DeadLetters.names(office.directory()));
        kept.removeIf(name -> !name.startsWith(beginning) || names.contains(name));
        kept.forEach(this::forget);
    }

    @Override
    public synchronized void rename(String from, String to, NotifierSettings settings) {
        var courier = couriers.remove(from);
        if (courier != null) {
            courier.rename(to);
            couriers.put(to, courier);
        }
        apply(to, settings);
    }

    /** A type came; what waits for it starts. */
    synchronized void addType(NotifierFactory<?> factory) {
        types.add(InstalledType.of(factory));
        couple(factory.type());
    }

    /** A type went; its notifiers are closed, their queues stay. */
    synchronized void removeType(NotifierFactory<?> factory) {
        // Of what happens from now on, they do not know whether they want it.
        passAll();
        types.removeIf(type -> type.factory() == factory);
        couple(factory.type());
    }

    /** Hands an event to every notifier that wants it. Returns at once. */
    void offer(EventRecord event) {
        var wanting = new ArrayList<Courier>();
        count(event, routes.naming(event.event().object()), wanting);
        count(event, routes.unnamed(), wanting);
        offeredId = event.id();
        if (wanting.size() <= FEW) {
            wanting.forEach(Courier::wake);
        } else {
            toWake.addAll(wanting);
            if (waking.compareAndSet(false, true)) {
                waker.execute(this::wakeAll);
            }
        }
        if (event.id() - sweptId >= SWEEP) {
            sweptId = event.id();
            waker.execute(() -> areBefore(event.id()));
        }
    }

    private static void count(EventRecord event, Courier[] couriers, List<Courier> wanting) {
        for (var courier : couriers) {
            courier.pass(event.id() - 1);
            if (courier.count(event)) {
                wanting.add(courier);
            }
        }
    }

    private void wakeAll() {
        waking.set(false);
        for (var courier = toWake.poll(); courier != null; courier = toWake.poll()) {
            courier.wake();
        }
    }

    /**
     * Whether anybody is at an event before that one or at none. Those that have wanted nothing for long come to know here how far
     * they are, and write it down: nobody counts as lost, later, what they did not want.
     */
    boolean areBefore(long id) {
        passAll();
        boolean before = false;
        for (var courier : couriers.values()) {
            before |= courier.isBefore(id);
        }
        return before;
    }

    private void passAll() {
        long offered = offeredId;
        couriers.values().forEach(courier -> courier.pass(offered));
    }

    /** These events can no longer be had. Returns at once. */
    void lose(List<EventRecord> gone) {
        couriers.values().forEach(courier -> courier.lose(gone));
    }

    List<NotifierStatus> statuses() {
        return couriers.values().stream().map(Courier::status).toList();
    }

    /**
     * A notifier by name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Courier named(String name) {
        var courier = couriers.get(name);
        if (courier == null) {
            var known = couriers.isEmpty() ? "" : "; there is " + String.join(", ", couriers.keySet());
            throw new IllegalArgumentException("there is no notifier " + name + known);
        }
        return courier;
    }

    /** Delivers what can be delivered in a short time and ends everything. */
    synchronized void close() {
        closed = true;
        long deadlineNanos =
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(office.pace().farewellMillis());
        couriers.values().forEach(Courier::hurry);
        couriers.values().forEach(courier -> courier.awaitEmpty(deadlineNanos));
        passAll();
        // All of them first: each may need a moment.
        couriers.values().forEach(Courier::interrupt);
        couriers.values().forEach(courier -> courier.leave(deadlineNanos));
        couriers.clear();
        lanes.close();
        office.alarms().shutdownNow();
        waker.shutdownNow();
    }

    private static boolean isOfFile(String name) {
        return name.indexOf('/') < 0;
    }

    private void couple(String type) {
        for (var courier : couriers.values()) {
            if (courier.settings().type().equals(type)) {
                couple(courier);
            }
        }
    }

    private void couple(Courier courier) {
        var settings = courier.settings();
        var refusal = settings.refusal();
        if (refusal != null) {
            courier.refused(refusal);
            return;
        }
        var type = type(settings.type());
        if (type == null) {
            courier.unplug("waiting for type " + settings.type());
            return;
        }
        try {
            var notifier = type.make(settings.text());
            settings.warnings(notifier.kindsByKey()).forEach(warning -> LOG.warn("{}: {}", courier.name(), warning));
            courier.plug(notifier);
        } catch (Refusal e) {
            // It was accepted while its type was not there to ask; the recheck that follows tells a person.
            courier.refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            // A defect of the type must not keep the others from theirs.
            LOG.warn("{}: type {} failed", courier.name(), settings.type(), e);
            courier.refused("type " + settings.type() + " failed: " + e);
        }
    }

    private @Nullable InstalledType<?> type(String name) {
        for (var type : types) {
            if (type.type().equals(name)) {
                return type;
            }
        }
        return null;
    }
}
