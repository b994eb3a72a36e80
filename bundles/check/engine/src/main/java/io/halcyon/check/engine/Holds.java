package io.halcyon.check.engine;

import io.halcyon.api.check.CheckHold;
import io.halcyon.api.check.Health;
import io.halcyon.settings.FileNames;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is held by hand, over a restart: one small file each, {@code data/overrides/check-NAME.cfg}, read once at the start. A slash
 * in a name is {@code %2F} in that of its file. Thread-safe. A file that cannot be read is left out with a warning.
 */
final class Holds {

    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);

    private static final String PREFIX = "check-";
    private static final String SUFFIX = ".cfg";

    private final @Nullable Path directory;
    private final Map<String, CheckHold> kept = new HashMap<>();

    /** Reads what is kept; null keeps nothing over a restart. */
    Holds(@Nullable Path directory) {
        this.directory = directory;
        if (directory != null) {
            readAll(directory);
        }
    }

    synchronized @Nullable CheckHold find(String check) {
        return kept.get(check);
    }

    /** Keeps it. A reader sees the old one or the new one, whole, also after a loss of power. */
    synchronized void keep(String check, CheckHold hold) throws IOException {
        kept.put(check, hold);
        if (directory == null) {
            return;
        }
        Files.createDirectories(directory);
        var file = file(directory, check);
        var draft = file.resolveSibling(file.getFileName() + ".draft");
        try (var channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(text(hold)));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    synchronized void forget(String check) {
        kept.remove(check);
        try {
            if (directory != null) {
                Files.deleteIfExists(file(directory, check));
            }
        } catch (IOException e) {
            LOG.warn("check={} what was held by hand cannot be forgotten: {}", check, e.toString());
        }
    }

    /** What is held of names that begin like this goes, except of these. */
    synchronized void forgetOthers(String beginning, Set<String> checks) {
        List.copyOf(kept.keySet()).stream()
                .filter(name -> name.startsWith(beginning) && !checks.contains(name))
                .forEach(this::forget);
    }

    private void readAll(Path from) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                read(file);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.debug("nothing is held by hand: {}", e.toString());
        } catch (IOException e) {
            LOG.warn("what is held by hand cannot be read: {}", e.toString());
        }
    }

    private void read(Path file) {
        var name = file.getFileName().toString();
        var check = FileNames.nameIn(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            var values = new Properties();
            values.load(reader);
            kept.put(check, hold(values));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            LOG.warn("check={} is as usual: {} is damaged: {}", check, file, e.getMessage());
        }
    }

    private static CheckHold hold(Properties values) throws IOException {
        var weight = values.getProperty("weight");
        var until = values.getProperty("until");
        return new CheckHold(
                CheckHold.Kind.valueOf(required(values, "kind").toUpperCase(Locale.ROOT)),
                Health.valueOf(required(values, "health")),
                weight == null ? null : Integer.valueOf(weight),
                values.getProperty("reason", ""),
                Instant.parse(required(values, "since")),
                until == null ? null : Instant.parse(until));
    }

    private static String required(Properties values, String key) throws IOException {
        var value = values.getProperty(key);
        if (value == null) {
            throw new IOException("it has no " + key);
        }
        return value;
    }

    private static String text(CheckHold hold) {
        var text = new StringBuilder("# Held by hand with check:force or check:disable; check:enable ends it.\n");
        text.append("kind = ")
                .append(hold.kind().name().toLowerCase(Locale.ROOT))
                .append('\n');
        text.append("health = ").append(hold.health()).append('\n');
        if (hold.dynamicWeight() != null) {
            text.append("weight = ").append(hold.dynamicWeight()).append('\n');
        }
        text.append("reason = ").append(hold.reason().replace("\\", "\\\\")).append('\n');
        text.append("since = ").append(hold.since()).append('\n');
        if (hold.until() != null) {
            text.append("until = ").append(hold.until()).append('\n');
        }
        return text.toString();
    }

    private static Path file(Path directory, String check) {
        return directory.resolve(PREFIX + FileNames.of(check) + SUFFIX);
    }
}
