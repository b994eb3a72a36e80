package io.halcyon.notify.engine;

import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads events back from the journal's files, oldest first. Thread-safe; what has gone meanwhile is left out. */
final class Archive {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    /** So many at a time are read by whoever goes through all of them. */
    static final int STRETCH = 250;

    private final CopyOnWriteArrayList<Segment> segments;

    private final LastRead lastRead = new LastRead();

    /** @param segments in order; the journal adds and removes */
    Archive(CopyOnWriteArrayList<Segment> segments) {
        this.segments = segments;
    }

    /** The next events after the one of that id; at least one, if there is one. */
    List<EventRecord> after(long id, int limit) {
        // Only who goes through all of them asks for what another has just read.
        if (limit != STRETCH) {
            return read(id, limit);
        }
        var known = lastRead.after(id);
        if (!known.isEmpty()) {
            return known;
        }
        var found = read(id, limit);
        lastRead.add(id, found);
        return found;
    }

    private List<EventRecord> read(long id, int limit) {
        var found = new ArrayList<EventRecord>();
        long last = id;
        var files = List.copyOf(segments);
        for (int i = segmentOf(id + 1, files); i < files.size() && found.size() < limit; i++) {
            var stretch = stretch(files.get(i), last + 1, limit - found.size());
            for (var line : stretch.lines()) {
                var record = line.id() > last && found.size() < limit ? read(line) : null;
                if (record != null) {
                    found.add(record);
                    last = record.id();
                }
            }
            if (!stretch.complete()) {
                if (!found.isEmpty()) {
                    return found;
                }
                // None of these can be read: what follows them in this file is next.
                last = stretch.lines().get(stretch.lines().size() - 1).id();
                i--;
            }
        }
        return found;
    }

    /** The last events up to an id that a filter wants. */
    List<EventRecord> last(long upTo, EventFilter filter, int limit) {
        Deque<EventRecord> found = new ArrayDeque<>();
        long sinceMillis =
                filter.since() == null ? Long.MIN_VALUE : filter.since().toEpochMilli();
        var files = List.copyOf(segments);
        for (int i = files.size() - 1; i >= 0 && found.size() < limit; i--) {
            var lines = lines(files.get(i));
            for (int n = lines.size() - 1; n >= 0 && found.size() < limit; n--) {
                var line = lines.get(n);
                var record = line.id() <= upTo && line.atMillis() >= sinceMillis ? read(line) : null;
                if (record != null && filter.matches(record)) {
                    found.addFirst(record);
                }
            }
        }
        return List.copyOf(found);
    }

    Optional<EventRecord> event(long id) {
        return after(id - 1, 1).stream().filter(record -> record.id() == id).findFirst();
    }

    /** Everything in one file that is not the newest, bit by bit. */
    void each(Segment segment, Consumer<List<EventRecord>> reader) {
        long end = lastId(segment);
        long last = segment.firstId() - 1;
        while (last < end) {
            var found = after(last, STRETCH);
            if (found.isEmpty()) {
                return;
            }
            last = found.get(found.size() - 1).id();
            reader.accept(
                    last <= end
                            ? found
                            : found.stream().filter(event -> event.id() <= end).toList());
        }
    }

    /** Id of the last event in a file that is not the newest: its own, or one that is left out. */
    long lastId(Segment segment) {
        return segments.get(segments.indexOf(segment) + 1).firstId() - 1;
    }

    /** Files have gone, and what was read from them has gone with them. */
    void forget() {
        lastRead.clear();
    }

    /** Place of the file that has this event if one has it, otherwise of the next one. */
    private static int segmentOf(long id, List<Segment> files) {
        int place = 0;
        while (place + 1 < files.size() && files.get(place + 1).firstId() <= id) {
            place++;
        }
        return place;
    }

    private static Segment.Stretch stretch(Segment segment, long id, int wanted) {
        try {
            return segment.stretch(id, wanted);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", segment.path(), e.toString());
            return new Segment.Stretch(List.of(), true);
        }
    }

    private static List<Line> lines(Segment segment) {
        try {
            return segment.lines().whole();
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", segment.path(), e.toString());
            return List.of();
        }
    }

    private static @Nullable EventRecord read(Line line) {
        try {
            return line.read(EventRecord.class);
        } catch (IllegalArgumentException e) {
            // Another version wrote it.
            LOG.warn("event {} in the journal is left out: {}", line.id(), e.getMessage());
            return null;
        }
    }
}
