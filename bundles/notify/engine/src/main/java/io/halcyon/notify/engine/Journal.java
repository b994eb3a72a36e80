package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.json.LineBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on disk: files to which whole lines are added, of which the oldest go.
 *
 * <p>One thread at a time writes. What {@link #archive()} returns reads beside it.
 */
final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);
    private static final long LOOK_FOR_OLD_MILLIS = 3_600_000;

    /** No line is shorter. */
    private static final int LEAST_LINE = 100;

    private final Path directory;
    private final Supplier<JournalLimits> limits;
    private final Disk disk;
    private final CopyOnWriteArrayList<Segment> segments = new CopyOnWriteArrayList<>();
    private final Archive archive = new Archive(segments);

    // Owned by whoever writes.
    private final LineBuffer lines = new LineBuffer();
    private @Nullable FileChannel file;
    private long length;
    private boolean newFile;
    private JournalLimits applied;
    private long lookedForOldMillis = System.currentTimeMillis();

    /**
     * What the run before left.
     *
     * @param lastId highest id that may have been given, 0 if none was
     * @param lastMillis when the last event that can be read happened, -1 if there is none
     * @param cut how many damaged bytes were at its end
     */
    record Found(long lastId, long lastMillis, int cut) {}

    private final Found found;

    /** Opens what is there, and mends its end. A directory that cannot be used is tried again with the first event. */
    Journal(Path directory, Supplier<JournalLimits> limits, Disk disk) {
        this.directory = directory;
        this.limits = limits;
        this.disk = disk;
        applied = limits.get();
        Found before = new Found(0, -1, 0);
        try {
            PrivateFiles.makeDirectory(directory);
            segments.addAll(Segment.allIn(directory));
            if (!segments.isEmpty()) {
                var newest = segments.get(segments.size() - 1);
                var lines = newest.lines();
                before = look(newest, lines);
                mend(newest, lines);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", directory, e.toString());
        }
        found = before;
    }

    Found found() {
        return found;
    }

    Archive archive() {
        return archive;
    }

    /** Id of the oldest event, 0 if there is none. */
    long firstId() {
        var files = List.copyOf(segments);
        return files.isEmpty() ? 0 : files.get(0).firstId();
    }

    /** Adds events in one piece. If it fails, none of them is there. */
    void append(List<EventRecord> events) throws IOException {
        lines.clear();
        for (int i = 0; i < events.size(); i++) {
            addLine(events.get(i));
        }
        int bytes = lines.size();
        if (bytes == 0) {
            return;
        }
        var open = fileFor(events.get(0).id(), bytes);
        try {
            disk.write(open, ByteBuffer.wrap(lines.array(), 0, bytes), length);
            segments.get(segments.size() - 1).mark(events.get(0).id(), length);
            length += bytes;
        } catch (IOException e) {
            takeBack(open);
            throw e;
        }
    }

    /** Returns when everything survives a loss of power. */
    void sync() throws IOException {
        var open = file;
        if (open != null) {
            disk.force(open);
        }
    }

    /**
     * Removes the oldest files, as many as the limits demand.
     *
     * @param going is told of each before it goes
     */
    void prune(Consumer<Segment> going) throws IOException {
        var now = limits.get();
        long nowMillis = System.currentTimeMillis();
        boolean due = !now.equals(applied) || nowMillis - lookedForOldMillis >= LOOK_FOR_OLD_MILLIS;
        if (!due && !newFile) {
            return;
        }
        applied = now;
        lookedForOldMillis = nowMillis;
        newFile = false;
        long total = 0;
        for (var segment : segments) {
            total += segment.size();
        }
        while (segments.size() > 1) {
            var oldest = segments.get(0);
            // What is about to be written has to fit, too.
            boolean tooMuch = total + now.segmentBytes() > now.bytes();
            if (!tooMuch && nowMillis - oldest.writtenMillis() < now.ageMillis()) {
                return;
            }
            going.accept(oldest);
            total -= oldest.size();
            segments.remove(0);
            archive.forget();
            Files.deleteIfExists(oldest.path());
        }
    }

    void close() throws IOException {
        var open = file;
        file = null;
        if (open != null) {
            try (open) {
                disk.force(open);
            }
        }
    }

    private Found look(Segment newest, Lines lines) {
        // Somebody may have heard of an event whose line is damaged: its id is not given again.
        int lost = (lines.tail() + LEAST_LINE - 1) / LEAST_LINE;
        var whole = lines.whole();
        if (whole.isEmpty()) {
            return new Found(newest.firstId() - 1 + lost, -1, lines.tail());
        }
        var last = whole.get(whole.size() - 1);
        return new Found(last.id() + lost, last.atMillis(), lines.tail());
    }

    private void mend(Segment newest, Lines lines) throws IOException {
        if (lines.tail() > 0) {
            LOG.warn("{}: {} damaged bytes at its end are cut off", newest.path(), lines.tail());
        }
        var open = FileChannel.open(newest.path(), StandardOpenOption.WRITE);
        file = open;
        length = lines.end();
        open.truncate(length);
    }

    private FileChannel fileFor(long firstId, int bytes) throws IOException {
        var open = file;
        if (open != null && (length == 0 || length + bytes <= limits.get().segmentBytes())) {
            return open;
        }
        close();
        PrivateFiles.makeDirectory(directory);
        var segment = Segment.starting(directory, firstId);
        open = PrivateFiles.create(segment.path());
        file = open;
        length = 0;
        newFile = true;
        segments.removeIf(other -> other.firstId() == firstId);
        segments.add(segment);
        return open;
    }

    private void addLine(EventRecord event) {
        int before = lines.size();
        try {
            Line.add(event, lines);
        } catch (RuntimeException e) {
            lines.truncate(before);
            LOG.warn("event {} has no form for the journal: {}", event.id(), e.toString());
        }
    }

    private void takeBack(FileChannel open) {
        try {
            open.truncate(length);
        } catch (IOException e) {
            // The next event begins a new file; a line that is not whole is left out by whoever reads.
            LOG.debug("the journal's file is left as it is", e);
            file = null;
            closeQuietly(open);
        }
    }

    private static void closeQuietly(FileChannel open) {
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("the journal's file does not close", e);
        }
    }
}
