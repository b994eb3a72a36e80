package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;

/**
 * Events of what is held by hand, and what they caused. Sees every event in order, except those that happened while their notifier
 * waited for nothing: these the watch has seen. One thread owns it.
 */
final class QuietChain {

    private static final int REMEMBERED = 1_000;

    private final MaintenanceWatch watch;
    private final QuietIds quiet = new QuietIds(REMEMBERED);

    QuietChain(MaintenanceWatch watch) {
        this.watch = watch;
    }

    /** Whether an event is one of them. That something is held, or is not any more, never is. */
    boolean follows(EventRecord event) {
        if (event.event() instanceof Event.Maintenance) {
            return false;
        }
        boolean caused = quiet.containAny(event.causes()) || watch.sawQuiet(event.causes());
        if (!caused && !watch.held(event.event().object(), event.id())) {
            return false;
        }
        quiet.add(event.id());
        return true;
    }
}
