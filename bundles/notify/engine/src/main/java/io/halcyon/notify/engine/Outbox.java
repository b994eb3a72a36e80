package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Events that wait for one notifier, oldest first; when it is full, the oldest makes room. Thread-safe. */
final class Outbox {

    static final int CAPACITY = 10_000;

    // Guarded by this.
    private final Deque<EventRecord> waiting = new ArrayDeque<>();

    /** Adds an event, and tells whether another one was lost for it. */
    synchronized boolean add(EventRecord event) {
        boolean full = waiting.size() == CAPACITY;
        if (full) {
            waiting.removeFirst();
        }
        waiting.addLast(event);
        return full;
    }

    synchronized @Nullable EventRecord take() {
        return waiting.pollFirst();
    }

    synchronized int size() {
        return waiting.size();
    }
}
