package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.Notifier;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Deliveries within a time limit, one at a time, on the courier's thread; anybody may ask and interrupt. */
final class Delivery {

    private final ScheduledExecutorService alarms;
    private volatile @Nullable TimeLimit inProgress;

    Delivery(ScheduledExecutorService alarms) {
        this.alarms = alarms;
    }

    Attempt attempt(Notifier notifier, EventRecord event, long limitMillis) {
        var limit = new TimeLimit(alarms, limitMillis);
        inProgress = limit;
        try {
            return Attempt.deliver(notifier, event);
        } finally {
            limit.lift();
            inProgress = null;
        }
    }

    boolean inProgress() {
        return inProgress != null;
    }

    /** Ends the one in progress, if there is one. */
    void interrupt() {
        var limit = inProgress;
        if (limit != null) {
            limit.expire();
        }
    }
}
