package io.halcyon.notify.webhook;

import io.halcyon.api.event.Event;

/**
 * What something was and what it is; both empty for an event that is no change.
 */
record Change(String from, String to) {

    private static final Change NONE = new Change("", "");

    static Change of(Event event) {
        if (event instanceof Event.RouterTransition transition) {
            return of(transition.from(), transition.to());
        }
        if (event instanceof Event.GroupTransition transition) {
            return of(transition.from(), transition.to());
        }
        if (event instanceof Event.VerdictChange verdict) {
            return of(verdict.from(), verdict.to());
        }
        if (event instanceof Event.PriorityChange priority) {
            return of(priority.from(), priority.to());
        }
        if (event instanceof Event.RealServerChange server) {
            return of(server.from(), server.to());
        }
        if (event instanceof Event.VirtualServerChange server) {
            return of(server.from(), server.to());
        }
        return NONE;
    }

    private static Change of(Object from, Object to) {
        return new Change(from.toString(), to.toString());
    }
}
