package io.halcyon.notify.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file of the journal, named after the first event in it. Thread-safe. */
final class Segment {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);
    private static final Pattern NAME = Pattern.compile("events-(0\\d{19})\\.log");

    private final Path path;
    private final long firstId;
    private final AtomicBoolean damageTold = new AtomicBoolean();

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
            var lines = Lines.of(Files.readAllBytes(path));
            if (lines.damaged() > 0 && !damageTold.getAndSet(true)) {
                LOG.warn("{}: {} damaged lines are left out", path, lines.damaged());
            }
            return lines;
        } catch (NoSuchFileException e) {
            return Lines.of(new byte[0]);
        }
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
