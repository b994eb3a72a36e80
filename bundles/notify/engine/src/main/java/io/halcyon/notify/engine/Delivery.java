package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.Notifier;
import java.util.concurrent.ScheduledExecutorService;

/** Deliveries within a time limit, one at a time, on the courier's thread; anybody may ask and interrupt. */
final class Delivery {

    private final TimeLimit limit;

    Delivery(ScheduledExecutorService alarms) {
        limit = new TimeLimit(alarms);
    }

    Attempt attempt(Notifier notifier, EventRecord event, long limitMillis) {
        limit.begin(limitMillis);
        try {
            return Attempt.deliver(notifier, event);
        } finally {
            limit.end();
        }
    }

    boolean inProgress() {
        return limit.isRunning();
    }

    /** Ends the one in progress, if there is one. */
    void interrupt() {
        limit.expire();
    }
}
