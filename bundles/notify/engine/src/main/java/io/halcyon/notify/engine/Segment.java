package io.halcyon.notify.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file of the journal, named after the first event in it. Thread-safe. */
final class Segment {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);
    private static final int MARK_BYTES = 16_384;

    /** More than most have. */
    private static final int USUAL_LINE = 512;

    private static final Pattern NAME = Pattern.compile("events-(0\\d{19})\\.log");

    private final Path path;
    private final long firstId;
    private final AtomicBoolean damageTold = new AtomicBoolean();

    /** Where some of its events begin: whoever lags behind reads a few of them again and again, not all that came before. */
    private final ConcurrentSkipListMap<Long, Long> places = new ConcurrentSkipListMap<>();

    private Segment(Path path, long firstId) {
        this.path = path;
        this.firstId = firstId;
    }

    static Segment starting(Path directory, long firstId) {
        return new Segment(directory.resolve("events-%020d.log".formatted(firstId)), firstId);
    }

    /** All of a directory, oldest first. */
    static List<Segment> allIn(Path directory) throws IOException {
        return PrivateFiles.list(directory, NAME.asMatchPredicate()).stream()
                .map(path -> new Segment(path, firstIdOf(path)))
                .toList();
    }

    private static long firstIdOf(Path path) {
        var name = NAME.matcher(String.valueOf(path.getFileName()));
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }

    Path path() {
        return path;
    }

    long firstId() {
        return firstId;
    }

    /** What is in it; empty if the file has gone meanwhile. */
    Lines lines() throws IOException {
        try {
            return told(Lines.of(Files.readAllBytes(path)));
        } catch (NoSuchFileException e) {
            return Lines.of(new byte[0]);
        }
    }

    /** An event begins at that place. */
    void mark(long id, long place) {
        var before = places.floorEntry(id);
        if (before == null || place - before.getValue() >= MARK_BYTES) {
            places.put(id, place);
        }
    }

    /**
     * The next lines from that event on, and a few before them.
     *
     * @param complete whether nothing follows them in this file
     */
    record Stretch(List<Line> lines, boolean complete) {}

    /** At least one line from that event on, if there is one; about as many as are wanted. */
    Stretch stretch(long id, int wanted) throws IOException {
        var mark = places.floorEntry(id);
        if (mark != null) {
            try (var file = FileChannel.open(path)) {
                long left = file.size() - mark.getValue();
                var bytes = new byte[(int) Math.min(left, MARK_BYTES + (long) wanted * USUAL_LINE)];
                int size = read(file, mark.getValue(), bytes);
                var lines = told(Lines.of(bytes, size)).whole();
                boolean reached =
                        !lines.isEmpty() && lines.get(lines.size() - 1).id() >= id;
                if (reached) {
                    return new Stretch(lines, size == left);
                }
            } catch (NoSuchFileException e) {
                return new Stretch(List.of(), true);
            }
        }
        // Of the run before: whoever asks for it once asks again.
        var lines = lines().whole();
        lines.forEach(line -> mark(line.id(), line.from()));
        return new Stretch(lines, true);
    }

    /** Tells how many bytes there were. */
    private static int read(FileChannel file, long place, byte[] to) throws IOException {
        var bytes = ByteBuffer.wrap(to);
        for (long at = place; bytes.hasRemaining(); at = place + bytes.position()) {
            if (file.read(bytes, at) < 0) {
                break;
            }
        }
        return bytes.position();
    }

    private Lines told(Lines lines) {
        if (lines.damaged() > 0 && !damageTold.getAndSet(true)) {
            LOG.warn("{}: {} damaged lines are left out", path, lines.damaged());
        }
        return lines;
    }

    /** Zero if the file has gone. */
    long size() throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** When it was written last; the beginning of time if the file has gone. */
    long writtenMillis() throws IOException {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
