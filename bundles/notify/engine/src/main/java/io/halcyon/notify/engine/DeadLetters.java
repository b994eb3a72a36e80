package io.halcyon.notify.engine;

import io.halcyon.api.notify.DeadLetter;
import io.halcyon.json.Json;
import io.halcyon.settings.FileNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one notifier gave up, the newest 1,000, in a file {@code dead-NAME.log} with lines like the journal's. Thread-safe.
 *
 * <p>Lines are kept in memory as they are in the file: rarely is there one, and a disk that is full loses none.
 */
final class DeadLetters {

    static final int KEPT = 1_000;

    private static final String PREFIX = "dead-";
    private static final String SUFFIX = ".log";

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    // Guarded by this.
    private final Map<Long, byte[]> lines = new LinkedHashMap<>();
    private Path file;
    private int linesInFile;
    private boolean behind;

    DeadLetters(Path directory, String name) {
        file = directory.resolve(fileName(name));
        try {
            var found = Lines.inAnyOrder(Files.readAllBytes(file));
            for (var line : found.whole()) {
                keep(line.id(), Line.of(line.id(), line.atMillis(), line.json()));
            }
            linesInFile = found.whole().size();
            behind = found.tail() > 0 || found.damaged() > 0;
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not there", file);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
        }
    }

    /** Names of notifiers that have given something up. */
    static List<String> names(Path directory) {
        return PrivateFiles.names(directory, PREFIX, SUFFIX);
    }

    /** Adds one, in place of an older one for the same event, and tells how many had to go for it. */
    synchronized int add(DeadLetter letter) {
        long id = letter.event().id();
        var line = Line.of(id, letter.at().toEpochMilli(), Json.line(letter));
        lines.remove(id);
        int gone = keep(id, line);
        if (behind || linesInFile >= KEPT + KEPT / 4) {
            rewrite();
        } else {
            append(line);
        }
        return gone;
    }

    synchronized Set<Long> ids() {
        return Set.copyOf(lines.keySet());
    }

    /** Those of these ids, sorted by id. */
    List<DeadLetter> read(Collection<Long> ids) {
        Map<Long, byte[]> wanted;
        synchronized (this) {
            wanted = new LinkedHashMap<>(lines);
        }
        wanted.keySet().retainAll(ids);
        return wanted.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> Lines.inAnyOrder(entry.getValue()).whole().get(0))
                .map(line -> line.read(DeadLetter.class))
                .toList();
    }

    synchronized void remove(Collection<Long> ids) {
        if (lines.keySet().removeAll(ids)) {
            rewrite();
        }
    }

    synchronized void rename(String name) {
        var target = file.resolveSibling(fileName(name));
        try {
            Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not there", file);
        } catch (IOException e) {
            LOG.warn("{} cannot be renamed: {}", file, e.toString());
            behind = true;
        }
        file = target;
    }

    synchronized void delete() {
        lines.clear();
        rewrite();
    }

    /** Tries once more to write what the disk has not taken. */
    synchronized void close() {
        if (behind) {
            rewrite();
        }
    }

    private int keep(long id, byte[] line) {
        lines.put(id, line);
        if (lines.size() <= KEPT) {
            return 0;
        }
        lines.remove(lines.keySet().iterator().next());
        return 1;
    }

    private void append(byte[] line) {
        try {
            PrivateFiles.append(file, line);
            linesInFile++;
        } catch (IOException e) {
            trouble(e);
        }
    }

    private void rewrite() {
        var content = new ByteArrayOutputStream();
        lines.values().forEach(content::writeBytes);
        try {
            if (lines.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                PrivateFiles.replace(file, content.toByteArray());
            }
            linesInFile = lines.size();
            behind = false;
        } catch (IOException e) {
            trouble(e);
        }
    }

    private void trouble(IOException e) {
        if (!behind) {
            LOG.warn("{} cannot be written, kept in memory until it can: {}", file, e.toString());
        }
        behind = true;
    }

    private static String fileName(String name) {
        return PREFIX + FileNames.of(name) + SUFFIX;
    }
}
