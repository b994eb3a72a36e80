package io.halcyon.check.engine;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.api.event.Event;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells verdicts to whoever listens, and events to the sink. Verdicts are owned by the loop thread. */
final class VerdictBoard {

    private static final Logger LOG = LoggerFactory.getLogger(VerdictBoard.class);

    private final Loop loop;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    /** Those that know every verdict. */
    private final Set<VerdictListener> told = new LinkedHashSet<>();
    /** Those that are services now; they come and go on other threads. */
    private final Set<VerdictListener> registered = ConcurrentHashMap.newKeySet();

    private final Sinks sinks = new Sinks();

    VerdictBoard(Loop loop) {
        this.loop = loop;
    }

    /** Where events go. */
    Sinks sinks() {
        return sinks;
    }

    void add(VerdictListener listener) {
        registered.add(listener);
        loop.execute(() -> introduce(listener));
    }

    void remove(VerdictListener listener) {
        registered.remove(listener);
        loop.execute(() -> told.remove(listener));
    }

    /**
     * Publishes a change of health, before the listeners hear of it.
     *
     * @param cause event that caused it, 0 for none
     * @return its id, 0 if nobody keeps events
     */
    long publish(String name, Health from, Health to, String reason, long cause) {
        return sinks.publish(new Event.VerdictChange(name, from, to, reason), cause == 0 ? List.of() : List.of(cause));
    }

    long publish(Event event) {
        return sinks.publish(event, List.of());
    }

    void tell(Verdict verdict) {
        verdicts.put(verdict.name(), verdict);
        tellAll(listener -> listener.onVerdict(verdict));
    }

    /** @param cause event that told of it, 0 for none */
    void forget(String name, long cause) {
        if (verdicts.remove(name) != null) {
            tellAll(listener -> listener.onVerdictRemoved(name, cause));
        }
    }

    private void introduce(VerdictListener listener) {
        if (registered.contains(listener) && told.add(listener)) {
            verdicts.values().forEach(verdict -> call(listener, each -> each.onVerdict(verdict)));
        }
    }

    private void tellAll(Consumer<VerdictListener> what) {
        told.forEach(listener -> call(listener, what));
    }

    private void call(VerdictListener listener, Consumer<VerdictListener> what) {
        if (!registered.contains(listener)) {
            return;
        }
        try {
            what.accept(listener);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("verdict listener {} failed: {}", listener.getClass().getName(), e.toString());
        }
    }
}
