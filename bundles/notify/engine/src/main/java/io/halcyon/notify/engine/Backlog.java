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

    private static final int AHEAD = Archive.STRETCH;

    private final EventSource events;
    private final QuietChain quiet;

    // Owned by the courier's thread: read, but not looked at yet.
    private final Deque<EventRecord> ahead = new ArrayDeque<>();

    // Guarded by this.
    private NotifierSettings settings;
    private long settledId;
    private long takenId;
    private long countedId;
    private int taken;
    private int beyond;

    /** Whether all that it wants and has not taken is counted: then it need not look for it. Events that go may spoil that. */
    private boolean exact;

    /** Whether something that it wanted has been settled since it was asked. */
    private boolean unsaved;

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
        exact = false;
    }

    /** An event happened; tells whether it is wanted. */
    synchronized boolean count(EventRecord event) {
        boolean wanted = settings.wants(event);
        if (event.id() > countedId) {
            countedId = event.id();
            if (wanted && event.id() > takenId) {
                beyond++;
            }
        }
        return wanted;
    }

    /** All events up to this one were offered that may be wanted; whoever waits for none of them has got past them. */
    synchronized void pass(long id) {
        if (exact && taken == 0 && beyond == 0 && id > takenId) {
            takenId = id;
            settledId = id;
            countedId = Math.max(countedId, id);
        }
    }

    /** The next wanted event, in order. For the courier's thread alone. */
    @Nullable
    EventRecord take() {
        while (!isNothingWanted()) {
            var event = ahead.pollFirst();
            if (event == null) {
                ahead.addAll(events.after(takenId(), AHEAD));
                event = ahead.pollFirst();
            }
            if (event == null) {
                reachedEnd();
                return null;
            }
            boolean skipped = quiet.follows(event);
            if (look(event, skipped)) {
                return event;
            }
        }
        ahead.clear();
        return null;
    }

    /** All events that were taken up to this one are through, one way or the other. */
    synchronized void settle(long id) {
        settledId = Math.max(settledId, id);
        taken = 0;
        unsaved = true;
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
            exact = false;
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
        // Some of them may be read already, and be told nevertheless.
        exact &= lost == 0;
        return lost;
    }

    synchronized int waiting() {
        return Math.max(0, taken + beyond);
    }

    /** The last event that needs no more telling. */
    synchronized long settledId() {
        return settledId;
    }

    /** The last event that was looked at or passed. */
    synchronized long takenId() {
        return takenId;
    }

    /** Whether something that it wanted has been settled since this was asked for the last time. */
    synchronized boolean askUnsaved() {
        boolean settled = unsaved;
        unsaved = false;
        return settled;
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

    private synchronized boolean isNothingWanted() {
        return exact && beyond == 0;
    }

    /** Nothing follows what was looked at, unless it came meanwhile. */
    private synchronized void reachedEnd() {
        if (takenId >= countedId) {
            beyond = 0;
            exact = true;
        }
    }

    private synchronized boolean look(EventRecord event, boolean held) {
        if (event.id() <= takenId) {
            return false;
        }
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
            unsaved |= wanted;
        }
        return told;
    }
}
