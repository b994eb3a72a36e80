package io.halcyon.vrrp.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.host.Supervisor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells whoever watches the process which router is in which state, and passes every event on. Used by one thread only. */
final class StatusLine implements EventSink {

    /** With more routers a line says how many there are of each state. */
    private static final int MOST_NAMES = 6;

    private final Supervisor supervisor;
    private final EventSink next;
    private final Map<String, RouterState> states = new TreeMap<>();

    StatusLine(Supervisor supervisor, EventSink next) {
        this.supervisor = supervisor;
        this.next = next;
    }

    @Override
    public long publish(Event event, List<Long> causes) {
        if (event instanceof Event.RouterTransition transition) {
            if (transition.stopping()) {
                states.remove(transition.object());
            } else {
                states.put(transition.object(), transition.to());
            }
            supervisor.status(text());
        }
        return next.publish(event, causes);
    }

    private String text() {
        if (states.isEmpty()) {
            return "no virtual router takes part";
        }
        if (states.size() <= MOST_NAMES) {
            return states.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
        }
        return new TreeMap<>(
                        states.values().stream().collect(Collectors.groupingBy(state -> state, Collectors.counting())))
                .entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }
}
