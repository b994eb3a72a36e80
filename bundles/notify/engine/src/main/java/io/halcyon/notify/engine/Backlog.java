package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one notifier has not been told yet: a place in history, and what it wants to hear of what follows.
 *
 * <p>Methods are thread-safe except those that say otherwise. Events that were taken are settled in their order; only a few
 * are in memory at a time.
 */
final class Backlog {

    private static final int AHEAD = 250;

    private final EventSource events;
    private final QuietChain quiet;

    // Owned by the courier's thread: read, but not looked at yet.
    private final Deque<EventRecord> ahead = new ArrayDeque<>();

    // Guarded by this. Counts are for people: events that go while they are read may be missed.
    private NotifierSettings settings;
    private long settledId;
    private long takenId;
    private long countedId;
    private int taken;
    private int beyond;

    /** @param settledId id of the last event that needs no more telling */
    Backlog(EventSource events, MaintenanceWatch watch, NotifierSettings settings, long settledId) {
        this.events = events;
        quiet = new QuietChain(watch);
        this.settings = settings;
        this.settledId = settledId;
        takenId = settledId;
        countedId = settledId;
    }

    /** Another filter; {@link #recount} has to follow. */
    synchronized void configure(NotifierSettings newSettings) {
        settings = newSettings;
    }

    /** An event happened. */
    synchronized void count(EventRecord event) {
        if (event.id() > countedId) {
            countedId = event.id();
            if (event.id() > takenId && settings.wants(event)) {
                beyond++;
            }
        }
    }

    /** The next wanted event, in order. For the courier's thread alone. */
    @Nullable
    EventRecord take() {
        while (true) {
            var event = ahead.pollFirst();
            if (event == null) {
                ahead.addAll(events.after(takenId(), AHEAD));
                event = ahead.pollFirst();
            }
            if (event == null) {
                return null;
            }
            boolean skipped = quiet.follows(event);
            if (pass(event, skipped)) {
                return event;
            }
        }
    }

    /** All events that were taken up to this one are through, one way or the other. */
    synchronized void settle(long id) {
        settledId = Math.max(settledId, id);
        taken = 0;
    }

    /** Counts anew what waits; reads old events if there are some. For the courier's thread alone. */
    void recount() {
        ahead.clear();
        NotifierSettings now;
        long from;
        long upTo;
        synchronized (this) {
            now = settings;
            from = takenId;
            upTo = Math.max(takenId, events.lastId());
            countedId = upTo;
            beyond = 0;
        }
        int counted = 0;
        for (long id = from; id < upTo; ) {
            var next = events.after(id, AHEAD);
            if (next.isEmpty()) {
                break;
            }
            for (var event : next) {
                counted += event.id() <= upTo && now.wants(event) ? 1 : 0;
                id = event.id();
            }
        }
        synchronized (this) {
            beyond += counted;
        }
    }

    /** Counts those of these events that wait and that nobody has taken yet: they will never be told. */
    synchronized int lose(List<EventRecord> gone) {
        int lost = 0;
        for (var event : gone) {
            lost += event.id() > takenId && event.id() <= countedId && settings.wants(event) ? 1 : 0;
        }
        beyond -= lost;
        return lost;
    }

    synchronized int waiting() {
        return Math.max(0, taken + beyond);
    }

    /** The last event that needs no more telling. */
    synchronized long settledId() {
        return settledId;
    }

    /** The oldest that wait. */
    List<EventRecord> first(int limit) {
        NotifierSettings now;
        long id;
        synchronized (this) {
            now = settings;
            id = settledId;
        }
        var found = new ArrayList<EventRecord>();
        while (found.size() < limit) {
            var next = events.after(id, AHEAD);
            if (next.isEmpty()) {
                break;
            }
            next.stream().filter(now::wants).limit(limit - found.size()).forEach(found::add);
            id = next.get(next.size() - 1).id();
        }
        return found;
    }

    private synchronized long takenId() {
        return takenId;
    }

    private synchronized boolean pass(EventRecord event, boolean held) {
        takenId = event.id();
        boolean wanted = settings.wants(event);
        if (wanted && event.id() <= countedId) {
            beyond--;
        }
        boolean told = wanted && !(held && settings.quiet());
        if (told) {
            taken++;
        } else if (taken == 0) {
            settledId = event.id();
        }
        return told;
    }
}
