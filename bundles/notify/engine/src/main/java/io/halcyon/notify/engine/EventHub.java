package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.node.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers events, keeps them and passes each on.
 *
 * <p>Thread-safe. One lock covers numbering and handing over, so that everybody sees events in the order of their ids;
 * nothing that can wait happens under it.
 */
final class EventHub implements EventSink {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    private final Node node;
    private final EventStore store;
    private final Consumer<EventRecord> queues;
    private final Consumer<EventRecord> bystanders;

    /**
     * A hub that goes on with the store's numbers.
     *
     * @param queues takes each event in order; must return at once
     * @param bystanders hears of each event, in no certain order
     */
    EventHub(Node node, EventStore store, Consumer<EventRecord> queues, Consumer<EventRecord> bystanders) {
        this.node = node;
        this.store = store;
        this.queues = queues;
        this.bystanders = bystanders;
    }

    @Override
    public long publish(Event event, List<Long> causes) {
        long id = announce(event, causes);
        store.await(id);
        return id;
    }

    /** Publishes an event without waiting until the journal has it. */
    long announce(Event event, List<Long> causes) {
        var record = number(event, causes);
        try {
            bystanders.accept(record);
        } catch (RuntimeException e) {
            LOG.warn("event {} was not passed on: {}", record.id(), e.toString());
        }
        return record.id();
    }

    /** Numbers an event and hands it to the queues, but not to bystanders. */
    synchronized EventRecord number(Event event, List<Long> causes) {
        // HotSpot's nanoTime is CLOCK_MONOTONIC on Linux.
        var record =
                new EventRecord(store.lastId() + 1, Instant.now(), System.nanoTime(), node.routerId(), causes, event);
        store.add(record);
        try {
            queues.accept(record);
        } catch (RuntimeException e) {
            LOG.warn("event {} was not queued: {}", record.id(), e.toString());
        }
        notifyAll();
        return record;
    }

    List<EventRecord> after(long id, int limit, Duration patience) throws InterruptedException {
        synchronized (this) {
            long deadline = System.nanoTime() + patience.toNanos();
            while (store.lastId() <= id) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return List.of();
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return store.after(id, Math.max(0, limit));
    }
}
