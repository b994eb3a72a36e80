package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The newest events, in memory: the last 1,000 and, while the disk does not take them, up to 10,000 that are not in the
 * journal yet. Thread-safe.
 */
final class Recent implements EventSource {

    static final int KEPT = 1_000;
    static final int UNWRITTEN = 10_000;

    // Guarded by this. A ring whose oldest event is at first.
    private @Nullable EventRecord[] ring = new @Nullable EventRecord[KEPT + 24];
    private int first;
    private int size;
    private long lastId;
    private long writtenId;

    /** Nothing yet. The first event's id has to be higher than that one. */
    Recent(long lastId) {
        this.lastId = lastId;
        writtenId = lastId;
    }

    /** Adds an event, and returns the one that had to make room although the journal does not have it. */
    synchronized @Nullable EventRecord add(EventRecord event) {
        EventRecord dropped = null;
        if (size >= KEPT && at(0).id() <= writtenId) {
            removeFirst();
        } else if (size >= UNWRITTEN) {
            dropped = at(0);
            writtenId = Math.max(writtenId, dropped.id());
            removeFirst();
        }
        if (size == ring.length) {
            grow();
        }
        ring[(first + size) % ring.length] = event;
        size++;
        lastId = event.id();
        return dropped;
    }

    @Override
    public synchronized List<EventRecord> after(long id, int limit) {
        int from = placeAfter(id);
        int end = (int) Math.min(size, (long) from + Math.max(0, limit));
        var found = new ArrayList<EventRecord>(end - from);
        for (int place = from; place < end; place++) {
            found.add(at(place));
        }
        return found;
    }

    @Override
    public synchronized long firstId() {
        return size == 0 ? 0 : at(0).id();
    }

    @Override
    public synchronized long lastId() {
        return lastId;
    }

    /** The oldest that the journal does not have. */
    List<EventRecord> unwritten(int limit) {
        long id;
        synchronized (this) {
            id = writtenId;
        }
        return after(id, limit);
    }

    /** Up to this one, the journal has them. */
    synchronized void written(long id) {
        writtenId = Math.max(writtenId, id);
        while (size > KEPT && at(0).id() <= writtenId) {
            removeFirst();
        }
        notifyAll();
    }

    /** Waits until the journal has an event, and tells whether it has. */
    synchronized boolean awaitWritten(long id, long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (writtenId < id) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return writtenId >= id;
    }

    private EventRecord at(int place) {
        var event = ring[(first + place) % ring.length];
        if (event == null) {
            throw new AssertionError("nothing at place " + place + " of " + size);
        }
        return event;
    }

    private void removeFirst() {
        ring[first] = null;
        first = (first + 1) % ring.length;
        size--;
    }

    private void grow() {
        var larger = new @Nullable EventRecord[ring.length * 2];
        for (int place = 0; place < size; place++) {
            larger[place] = at(place);
        }
        ring = larger;
        first = 0;
    }

    /** Place of the first event with a higher id. */
    private int placeAfter(long id) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).id() <= id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
