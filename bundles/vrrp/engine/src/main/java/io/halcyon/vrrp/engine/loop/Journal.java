package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.Transition;
import io.halcyon.vrrp.engine.loop.EventPost.Told;
import io.halcyon.vrrp.protocol.Effect;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened to one router: log lines, events, the last transitions. Owned by the loop. */
final class Journal implements HeldAddresses.Troubles {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.vrrp");
    private static final int LONGEST_HISTORY = 20;
    private static final int MOST_NAMES = 3;
    private static final long PAUSE_NANOS = 60_000_000_000L;

    private final LoopContext context;
    private final Deque<Transition> history = new ArrayDeque<>();
    private RouterSettings settings;
    /** Ready to be told: a takeover has no time to write a thousand of them. */
    private List<String> addresses;

    private Instant since;
    private final Causes causes = new Causes();
    /** Troubles that are not over, by address. */
    private final Map<String, LongSupplier> troubles = new HashMap<>();
    /** Transitions during a stall, told after it: its event is their cause, and tells what was decided. */
    private final List<Consumer<LongSupplier>> duringStall = new ArrayList<>();

    private boolean stalling;
    private boolean deleted;
    private long nextLateReportNanos = Long.MIN_VALUE;
    private long lateNanos;
    private List<String> warned = List.of();

    Journal(LoopContext context, RouterSettings settings) {
        this.context = context;
        this.settings = settings;
        addresses = written(settings);
        since = context.host().wallClock();
    }

    void reconfigure(RouterSettings next) {
        settings = next;
        addresses = written(next);
    }

    private static List<String> written(RouterSettings settings) {
        return settings.addresses().stream().map(VirtualAddress::cidr).toList();
    }

    /** Whatever happens meanwhile was caused by an event. */
    void during(LongSupplier cause, Runnable what) {
        causes.during(cause, what);
    }

    /** It was made because of an event. */
    void begun(LongSupplier event) {
        causes.begun(event);
    }

    /** It goes because its configuration is gone. */
    void deleted() {
        deleted = true;
    }

    void transition(Effect.Transition transition, int priority) {
        since = context.host().wallClock();
        if (history.size() == LONGEST_HISTORY) {
            history.removeFirst();
        }
        history.add(new Transition(since, transition.from(), transition.to(), transition.cause()));
        tell(
                transition,
                new Event.RouterTransition(
                        settings.name(),
                        transition.from(),
                        transition.to(),
                        transition.cause(),
                        priority,
                        addresses,
                        transition.stopping(),
                        transition.stopping() && deleted));
        String line = transition.from() + " -> " + transition.to() + ", " + transition.cause();
        if (transition.to() == RouterState.FAULT) {
            warn(line);
        } else {
            info(line);
        }
    }

    private void tell(Effect.Transition transition, Event event) {
        List<LongSupplier> why = causes.of(transition);
        Told told = new Told();
        causes.entered(told);
        if (stalling) {
            boolean byStall = transition.ground() == Effect.Transition.Ground.PRIORITY;
            duringStall.add(stall -> {
                List<LongSupplier> all = new ArrayList<>(why);
                all.add(byStall ? stall : EventPost.NONE);
                context.events().publish(told, event, all);
            });
        } else {
            context.events().publish(told, event, why);
        }
    }

    void priority(int before, int now, RouterState state, String reason) {
        Told told = publish(new Event.PriorityChange(settings.name(), before, now, state, reason));
        causes.priorityMoved(told, now > before);
        info("effective priority " + before + " -> " + now + ", " + reason);
    }

    @Override
    public void trouble(VirtualAddress address, String what, boolean restored) {
        Severity severity = restored ? Severity.WARNING : Severity.CRITICAL;
        trouble(address, restored, new Event.AddressTrouble(settings.name(), address.cidr(), what, severity));
    }

    @Override
    public void leaseLost(VirtualAddress address, String what) {
        trouble(address, false, new Event.LeaseTrouble(settings.name(), address.cidr(), what, Severity.CRITICAL));
    }

    private void trouble(VirtualAddress address, boolean restored, Event event) {
        LongSupplier begun = troubles.remove(address.cidr());
        Told told = context.events().publish(event, begun == null || !restored ? causes.now() : List.of(begun));
        if (!restored) {
            troubles.put(address.cidr(), told);
        }
        warn(event.text());
    }

    /** Told once a minute while it lasts. */
    @Override
    public void renewalLate() {
        long now = context.host().monotonicNanos();
        if (now < nextLateReportNanos) {
            return;
        }
        nextLateReportNanos = now + PAUSE_NANOS;
        String what = "not renewed in time: the order was taken up too late and dropped";
        Event event = new Event.LeaseTrouble(settings.name(), names(), what, Severity.WARNING);
        publish(event);
        warn(event.text());
    }

    private String names() {
        List<VirtualAddress> all = settings.addresses();
        String more = all.size() > MOST_NAMES ? " and " + (all.size() - MOST_NAMES) + " more" : "";
        return all.stream().limit(MOST_NAMES).map(VirtualAddress::cidr).collect(Collectors.joining(", ")) + more;
    }

    void rival(Effect.Rival rival) {
        publish(new Event.LowerPriorityHeard(
                settings.name(), rival.source().getHostAddress(), rival.heard(), rival.own()));
        info(rival.text());
    }

    /** @param source address that our advertisements come from, empty if there is none */
    void note(Effect.Note note, String source) {
        switch (note.kind()) {
            case STALL -> {
                Event stall = new Event.Stall(settings.name(), TimeUnit.NANOSECONDS.toMillis(lateNanos), note.text());
                tellStalled(publish(stall));
                warn(stall.text());
            }
            case ADDRESS_CONFLICT -> {
                publish(new Event.AddressConflict(
                        settings.name(), source, "is our address, but another node sends from it"));
                warn(note.text());
            }
            case ADDRESSES_DIFFER -> {
                publish(new Event.AddressConflict(settings.name(), "", note.text()));
                warn(note.text());
            }
            case NEW_MASTER, INTERVAL_ADOPTED -> info(note.text());
            case PRIORITY_CHANGED -> LOG.debug("{} {}", settings.name(), note.text());
        }
    }

    /** How long the loop slept before what follows, until {@link #stallOver}. */
    void late(long nanos) {
        lateNanos = nanos;
        stalling = true;
    }

    /** Also when the router ends in the middle of one. */
    void stallOver() {
        tellStalled(EventPost.NONE);
        stalling = false;
    }

    private void tellStalled(LongSupplier stall) {
        duringStall.forEach(transition -> transition.accept(stall));
        duringStall.clear();
    }

    /** Static warnings about the configuration, each logged when it is first true. */
    void warnings(List<String> now) {
        now.stream().filter(warning -> !warned.contains(warning)).forEach(this::warn);
        warned = now;
    }

    void failed(String line) {
        warn(line);
    }

    void info(String line) {
        RouterSettings now = settings;
        context.log()
                .add(() -> LOG.info("{} vrid={} {}", now.name(), now.protocol().vrid(), line));
    }

    void warn(String line) {
        RouterSettings now = settings;
        context.log()
                .add(() -> LOG.warn("{} vrid={} {}", now.name(), now.protocol().vrid(), line));
    }

    private Told publish(Event event) {
        return context.events().publish(event, causes.now());
    }

    Instant since() {
        return since;
    }

    List<Transition> history() {
        return List.copyOf(history);
    }
}
