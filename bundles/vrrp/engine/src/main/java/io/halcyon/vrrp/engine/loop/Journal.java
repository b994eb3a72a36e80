package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.Transition;
import io.halcyon.vrrp.protocol.Effect;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened to one router: log lines, events, the last transitions. Owned by the loop. */
final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.vrrp");
    private static final int LONGEST_HISTORY = 20;

    private final LoopContext context;
    private final Deque<Transition> history = new ArrayDeque<>();
    private RouterSettings settings;
    private Instant since;
    private long cause;
    private long lateNanos;
    private List<String> warned = List.of();

    Journal(LoopContext context, RouterSettings settings) {
        this.context = context;
        this.settings = settings;
        since = context.host().wallClock();
    }

    void reconfigure(RouterSettings next) {
        settings = next;
    }

    /** The event that whatever follows was caused by, 0 for none. */
    void causedBy(long eventId) {
        cause = eventId;
    }

    void transition(Effect.Transition transition, int priority) {
        since = context.host().wallClock();
        if (history.size() == LONGEST_HISTORY) {
            history.removeFirst();
        }
        history.add(new Transition(since, transition.from(), transition.to(), transition.cause()));
        List<String> addresses =
                settings.addresses().stream().map(VirtualAddress::cidr).toList();
        publish(new Event.RouterTransition(
                settings.name(),
                transition.from(),
                transition.to(),
                transition.cause(),
                priority,
                addresses,
                transition.stopping(),
                false));
        String line = transition.from() + " -> " + transition.to() + ", " + transition.cause();
        if (transition.to() == RouterState.FAULT) {
            warn(line);
        } else {
            info(line);
        }
    }

    void priority(int before, int now, RouterState state, String reason) {
        publish(new Event.PriorityChange(settings.name(), before, now, state, reason));
        info("effective priority " + before + " -> " + now + ", " + reason);
    }

    void trouble(VirtualAddress address, String what, boolean restored) {
        Severity severity = restored ? Severity.WARNING : Severity.CRITICAL;
        publish(new Event.AddressTrouble(settings.name(), address.cidr(), what, severity));
        warn(address.cidr() + " " + what);
    }

    void note(Effect.Note note) {
        switch (note.kind()) {
            case STALL -> {
                Event stall = new Event.Stall(settings.name(), TimeUnit.NANOSECONDS.toMillis(lateNanos), note.text());
                publish(stall);
                warn(stall.text());
            }
            case ADDRESS_CONFLICT, ADDRESSES_DIFFER -> {
                publish(new Event.AddressTrouble(settings.name(), "", note.text(), Severity.WARNING));
                warn(note.text());
            }
            case LOWER_PRIORITY_MASTER, NEW_MASTER, INTERVAL_ADOPTED -> info(note.text());
            case PRIORITY_CHANGED -> LOG.debug("{} {}", settings.name(), note.text());
        }
    }

    /** How long the loop slept before what follows. */
    void late(long nanos) {
        lateNanos = nanos;
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

    private void publish(Event event) {
        context.events().publish(event, cause == 0 ? List.of() : List.of(cause));
    }

    Instant since() {
        return since;
    }

    List<Transition> history() {
        return List.copyOf(history);
    }
}
