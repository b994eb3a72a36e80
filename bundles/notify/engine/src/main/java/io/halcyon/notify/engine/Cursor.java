package io.halcyon.notify.engine;

import io.halcyon.settings.FileNames;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a notifier has come, in a file {@code cursor-NAME}: the id of the last event that needs no more telling. A slash in the
 * name is {@code %2F} in that of the file.
 *
 * <p>Thread-safe. The file keeps its length and is written in place: a full disk does not hinder that, and nobody finds half
 * of it. It is not forced to the disk; after a loss of power a few events may be told again.
 */
final class Cursor {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);
    private static final String PREFIX = "cursor-";
    private static final int DIGITS = 20;
    private static final int LENGTH = DIGITS + 1 + 8 + 1;

    // Guarded by this.
    private Path file;
    private long writtenId = -1;
    private boolean troubleTold;
    private boolean deleted;

    Cursor(Path directory, String name) {
        file = directory.resolve(PREFIX + FileNames.of(name));
    }

    /** What the file says, empty if there is none or it cannot be understood. */
    synchronized OptionalLong read() {
        var found = read(file);
        writtenId = found.orElse(-1);
        return found;
    }

    /** Names of notifiers that have one. */
    static List<String> names(Path directory) {
        return PrivateFiles.names(directory, PREFIX, "");
    }

    /** The highest of all in a directory, 0 if there is none. */
    static long highest(Path directory) {
        try {
            return PrivateFiles.list(directory, name -> name.startsWith(PREFIX)).stream()
                    .mapToLong(path -> read(path).orElse(0))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** What the file says, -1 if there is none. */
    synchronized long writtenId() {
        return writtenId;
    }

    /** Writes an id unless it is there already. */
    synchronized void write(long id) {
        if (id == writtenId || deleted) {
            return;
        }
        var line = line(id);
        // Not a channel: an interrupt would close it.
        try (var open = new RandomAccessFile(file.toFile(), "rw")) {
            open.write(line);
            writtenId = id;
            troubleTold = false;
        } catch (IOException e) {
            if (!troubleTold) {
                LOG.warn("{} cannot be written, after a crash events may be told again: {}", file, e.getMessage());
                troubleTold = true;
            }
        }
    }

    synchronized void rename(String name) {
        var target = file.resolveSibling(PREFIX + FileNames.of(name));
        try {
            Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("{} has no cursor yet", file, e);
            writtenId = -1;
        }
        file = target;
    }

    /** For good: whoever is still at work writes it no more. */
    synchronized void delete() {
        deleted = true;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.toString());
        }
    }

    private static OptionalLong read(Path file) {
        try {
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (text.length() == LENGTH
                    && text.substring(DIGITS + 1, LENGTH - 1).equals(crc(text))) {
                return OptionalLong.of(Long.parseLong(text.substring(0, DIGITS)));
            }
            LOG.warn("{} is damaged, what it waited for is left out", file);
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not there yet", file);
        } catch (IOException | NumberFormatException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
        }
        return OptionalLong.empty();
    }

    private static byte[] line(long id) {
        var line = new byte[LENGTH];
        long left = id;
        for (int place = DIGITS - 1; place >= 0; place--) {
            line[place] = (byte) ('0' + left % 10);
            left /= 10;
        }
        line[DIGITS] = ' ';
        var crc = Line.crc(line, 0, DIGITS).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(crc, 0, line, DIGITS + 1, crc.length);
        line[LENGTH - 1] = '\n';
        return line;
    }

    private static String crc(String line) {
        return Line.crc(line.getBytes(StandardCharsets.US_ASCII), 0, DIGITS);
    }
}
