package io.halcyon.check.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen later, by time and among equals in the order of the calls. Cancelling costs as little as setting, and what is
 * cancelled is forgotten at once: nearly every limit of a run is cancelled. Owned by one thread.
 */
final class Timers {

    /** One of them. */
    static final class Entry {

        private final long atNanos;
        private final long order;
        private final Runnable action;
        private int place = NOWHERE;

        private Entry(long atNanos, long order, Runnable action) {
            this.atNanos = atNanos;
            this.order = order;
            this.action = action;
        }

        private boolean isBefore(Entry other) {
            long difference = atNanos - other.atNanos;
            return difference == 0 ? order < other.order : difference < 0;
        }
    }

    private static final int NOWHERE = -1;

    /** A binary heap: the children of i are 2i+1 and 2i+2. */
    private @Nullable Entry[] heap = new Entry[64];

    private int size;
    private long lastOrder;

    Entry add(long atNanos, Runnable action) {
        var entry = new Entry(atNanos, ++lastOrder, action);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        size++;
        rise(entry, size - 1);
        return entry;
    }

    /** Does nothing to one that was fired or cancelled. */
    void cancel(Entry entry) {
        int place = entry.place;
        if (place == NOWHERE) {
            return;
        }
        entry.place = NOWHERE;
        size--;
        var last = at(size);
        heap[size] = null;
        if (last != entry) {
            sink(last, place);
            if (last.place == place) {
                rise(last, place);
            }
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** When the first one is due; only if there is one. */
    long firstNanos() {
        return at(0).atNanos;
    }

    /** Takes the first one out if it is due. */
    @Nullable
    Runnable poll(long nowNanos) {
        if (size == 0 || firstNanos() - nowNanos > 0) {
            return null;
        }
        var first = at(0);
        cancel(first);
        return first.action;
    }

    private void rise(Entry entry, int from) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!entry.isBefore(at(parent))) {
                break;
            }
            put(at(parent), place);
            place = parent;
        }
        put(entry, place);
    }

    private void sink(Entry entry, int from) {
        int place = from;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && at(child + 1).isBefore(at(child))) {
                child++;
            }
            if (!at(child).isBefore(entry)) {
                break;
            }
            put(at(child), place);
            place = child;
        }
        put(entry, place);
    }

    private void put(Entry entry, int place) {
        heap[place] = entry;
        entry.place = place;
    }

    @SuppressWarnings("NullAway") // below size there are no gaps
    private Entry at(int place) {
        return heap[place];
    }
}
