package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.DeadLetter;
import io.halcyon.api.notify.QueuedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one notifier is to be told next, and what became of it: dead letters that are sent again, then history, in order.
 *
 * <p>Methods are thread-safe, but {@link #next}, {@link #delivered} and {@link #bury} are for the courier's thread alone.
 */
final class Agenda {

    private final Cursor cursor;
    private final DeadLetters deadLetters;
    private final Backlog backlog;
    private final RateWindow window = new RateWindow();
    private final Supplier<@Nullable EventRecord> source;
    private final int unknownLost;
    private final Object saving = new Object();

    // Guarded by this: dead letters that are sent again. They keep their place in the file until they arrive.
    private final Map<Long, DeadLetter> again = new TreeMap<>();

    // Guarded by this: what the last look at the oldest event found.
    private long lookedFrom = -1;
    private @Nullable Instant oldest;

    Agenda(String name, NotifierSettings settings, Office office) {
        cursor = new Cursor(office.directory(), name);
        deadLetters = new DeadLetters(office.directory(), name);
        var events = office.events();
        // Whoever is new hears of what happens from now on.
        long settled = Math.min(cursor.read().orElse(events.lastId()), events.lastId());
        unknownLost = (int) Math.min(Integer.MAX_VALUE, Math.max(0, events.firstId() - 1 - settled));
        backlog = new Backlog(events, office.watch(), settings, settled);
        source = backlog::take;
        cursor.write(settled);
    }

    /** How many events the journal lost that lay between this notifier's place and its oldest one; it may have wanted them. */
    int unknownLost() {
        return unknownLost;
    }

    Backlog backlog() {
        return backlog;
    }

    /** What is to be told now, null for nothing. */
    @Nullable
    EventRecord next(String name, NotifierSettings settings, boolean hurry) {
        synchronized (this) {
            if (!again.isEmpty()) {
                return again.values().iterator().next().event();
            }
        }
        return window.next(name, settings.rate(), source, hurry);
    }

    void delivered(EventRecord event) {
        boolean wasDead;
        synchronized (this) {
            wasDead = !again.isEmpty() && again.remove(event.id()) != null;
        }
        if (wasDead) {
            deadLetters.remove(List.of(event.id()));
        } else {
            backlog.settle(event.id());
        }
    }

    /** An event is given up; tells how many older dead letters had to go for it. */
    int bury(EventRecord event, int attempts, String reason) {
        DeadLetter before;
        synchronized (this) {
            before = again.remove(event.id());
        }
        int all = attempts + (before == null ? 0 : before.attempts());
        int gone = deadLetters.add(new DeadLetter(event, Instant.now(), all, reason));
        if (before == null) {
            backlog.settle(event.id());
        }
        return gone;
    }

    /** Events collected for a digest. */
    int collected() {
        return window.collected();
    }

    long windowLeftNanos() {
        return window.leftNanos();
    }

    int waiting() {
        int letters;
        synchronized (this) {
            letters = again.size();
        }
        return letters + backlog.waiting();
    }

    int dead() {
        return deadIds().size();
    }

    /** The oldest that wait; the first one's failures are the courier's to tell. */
    List<QueuedEvent> queue(int limit) {
        var events = new ArrayList<EventRecord>();
        synchronized (this) {
            again.values().forEach(letter -> events.add(letter.event()));
        }
        if (events.size() < limit) {
            events.addAll(backlog.first(limit - events.size()));
        }
        return events.stream()
                .limit(limit)
                .map(event -> new QueuedEvent(event, 0, ""))
                .toList();
    }

    /** When the oldest event that waits happened. */
    synchronized @Nullable Instant oldest() {
        if (waiting() == 0) {
            return null;
        }
        if (!again.isEmpty()) {
            return again.values().iterator().next().event().at();
        }
        long from = backlog.settledId();
        if (from != lookedFrom || oldest == null) {
            lookedFrom = from;
            oldest = backlog.first(1).stream().map(EventRecord::at).findFirst().orElse(null);
        }
        return oldest;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters.read(deadIds());
    }

    /** Sends dead letters again; tells how many. */
    int retry(List<Long> ids) {
        var letters = deadLetters.read(chosen(ids));
        synchronized (this) {
            letters.forEach(letter -> again.put(letter.event().id(), letter));
        }
        return letters.size();
    }

    /** Removes dead letters; tells how many. */
    int forget(List<Long> ids) {
        var chosen = chosen(ids);
        deadLetters.remove(chosen);
        return chosen.size();
    }

    /** Whether it has come farther with what it wants to tell of, since this was asked for the last time. */
    boolean askUnsaved() {
        return backlog.askUnsaved();
    }

    /** Writes how far it has come. */
    void save() {
        synchronized (saving) {
            cursor.write(backlog.settledId());
        }
    }

    /** Writes how far it has come if what is written lies before that event; tells whether it has not come so far. */
    boolean isBefore(long id) {
        if (cursor.writtenId() < id) {
            save();
        }
        return backlog.takenId() < id;
    }

    void close() {
        save();
        deadLetters.close();
    }

    void rename(String name) {
        cursor.rename(name);
        deadLetters.rename(name);
    }

    /** Takes its files away. */
    void delete() {
        cursor.delete();
        deadLetters.delete();
    }

    private Collection<Long> chosen(List<Long> ids) {
        var all = deadIds();
        for (long id : ids) {
            if (!all.contains(id)) {
                throw new IllegalArgumentException("event " + id + " has no dead letter here");
            }
        }
        return ids.isEmpty() ? all : new TreeSet<>(ids);
    }

    private Collection<Long> deadIds() {
        var ids = new ArrayList<>(deadLetters.ids());
        synchronized (this) {
            ids.removeAll(again.keySet());
        }
        return ids;
    }
}
