package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Events of this run and of earlier ones: the newest in memory, all that limits allow in the journal. Thread-safe. */
final class EventStore implements EventSource {

    /** How long somebody who publishes waits for the disk. */
    static final long PATIENCE_MILLIS = 10;

    private final Recent recent;
    private final Journal journal;
    private final JournalWriter writer;
    private final MaintenanceWatch watch;
    private final LastRun lastRun;
    private final Stragglers stragglers;

    /**
     * What the directory holds.
     *
     * @param announce publishes an event of the store's own without waiting
     * @param stragglers are told of events before they are forgotten
     */
    EventStore(
            Path directory,
            Supplier<JournalLimits> limits,
            Disk disk,
            long patienceMillis,
            Consumer<Event> announce,
            Stragglers stragglers) {
        this.stragglers = stragglers;
        journal = new Journal(directory, limits, disk);
        watch = new MaintenanceWatch(directory);
        lastRun = new LastRun(directory);
        // What was told from memory while the disk was full has left its id there.
        long told = Math.max(Cursor.highest(directory), watch.lastId());
        recent = new Recent(Math.max(journal.found().lastId(), told));
        writer = new JournalWriter(recent, journal, watch, patienceMillis, announce, stragglers);
    }

    /** What to say of the run before. Called once. */
    Event.NodeStart beginRun(String node) {
        return lastRun.begin(node, journal.found());
    }

    MaintenanceWatch watch() {
        return watch;
    }

    /** Takes the next event. One caller at a time; returns at once. */
    void add(EventRecord event) {
        watch.watch(event);
        var dropped = recent.add(event);
        if (dropped != null) {
            stragglers.lose(List.of(dropped));
        }
        writer.wake();
    }

    /** Waits until an event is in the journal, but only for a moment. */
    void await(long id) {
        writer.await(id);
    }

    @Override
    public List<EventRecord> after(long id, int limit) {
        long oldest = recent.firstId();
        if (oldest == 0 || id + 1 < oldest) {
            var old = journal.archive().after(id, limit);
            if (!old.isEmpty()) {
                return old;
            }
        }
        return recent.after(id, limit);
    }

    @Override
    public long firstId() {
        long first = journal.firstId();
        return first == 0 ? recent.firstId() : first;
    }

    @Override
    public long lastId() {
        return recent.lastId();
    }

    /** The last events that a filter wants, oldest first. */
    List<EventRecord> search(EventFilter filter, int limit) {
        var inMemory = recent.after(0, Integer.MAX_VALUE);
        var found = inMemory.stream().filter(filter::matches).toList();
        if (found.size() >= limit) {
            return found.subList(found.size() - Math.max(0, limit), found.size());
        }
        long before = inMemory.isEmpty() ? Long.MAX_VALUE : inMemory.get(0).id() - 1;
        var all = new ArrayList<>(journal.archive().last(before, filter, limit - found.size()));
        all.addAll(found);
        return all;
    }

    Optional<EventRecord> event(long id) {
        var inMemory = recent.after(id - 1, 1).stream()
                .filter(record -> record.id() == id)
                .findFirst();
        return inMemory.isPresent() ? inMemory : journal.archive().event(id);
    }

    void close() {
        if (writer.close()) {
            lastRun.end();
        }
    }
}
