package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.node.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers events, keeps the last ones and passes each on.
 *
 * <p>Thread-safe. One lock covers numbering and handing over, so that everybody sees events in the order of their ids;
 * nothing that can wait happens under it.
 */
final class EventHub implements EventSink {

    static final int KEPT = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    private final Node node;
    private final Consumer<EventRecord> queues;
    private final Consumer<EventRecord> bystanders;

    // Guarded by this.
    private final Deque<EventRecord> kept = new ArrayDeque<>(KEPT);
    private long lastId;

    /**
     * A hub without events.
     *
     * @param queues takes each event in order; must return at once
     * @param bystanders hears of each event, in no certain order
     */
    EventHub(Node node, Consumer<EventRecord> queues, Consumer<EventRecord> bystanders) {
        this.node = node;
        this.queues = queues;
        this.bystanders = bystanders;
    }

    @Override
    public long publish(Event event, List<Long> causes) {
        var record = keep(event, causes);
        try {
            bystanders.accept(record);
        } catch (RuntimeException e) {
            LOG.warn("event {} was not passed on: {}", record.id(), e.toString());
        }
        return record.id();
    }

    /** Numbers an event without passing it on. */
    synchronized EventRecord number(Event event, List<Long> causes) {
        // HotSpot's nanoTime is CLOCK_MONOTONIC on Linux.
        var record = new EventRecord(++lastId, Instant.now(), System.nanoTime(), node.routerId(), causes, event);
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.addLast(record);
        notifyAll();
        return record;
    }

    private synchronized EventRecord keep(Event event, List<Long> causes) {
        var record = number(event, causes);
        try {
            queues.accept(record);
        } catch (RuntimeException e) {
            LOG.warn("event {} was not queued: {}", record.id(), e.toString());
        }
        return record;
    }

    synchronized List<EventRecord> last(int limit) {
        return kept.stream().skip(Math.max(0, kept.size() - Math.max(0, limit))).toList();
    }

    synchronized List<EventRecord> after(long id, int limit, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (lastId <= id) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return List.of();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return kept.stream()
                .filter(record -> record.id() > id)
                .limit(Math.max(0, limit))
                .toList();
    }
}
