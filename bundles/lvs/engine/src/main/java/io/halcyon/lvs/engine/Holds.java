package io.halcyon.lvs.engine;

import io.halcyon.api.lvs.RealServerHold;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody decided by hand about real servers, over a restart: one small file per virtual server, {@code
 * data/overrides/lvs-NAME.cfg}. A file that cannot be read is left out with a warning. Thread-safe.
 */
final class Holds {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");
    private static final String HEAD =
            "# Decided by hand with lvs:weight or lvs:drain; lvs:undrain, or weight -1, ends it.\n";

    private static final String PREFIX = "lvs-";
    private static final String SUFFIX = ".cfg";

    private final Path directory;
    /** Held while a file is written; nobody who only reads or sets waits for that. */
    private final Object disk = new Object();

    // Guarded by this.
    /** By virtual server and real server. */
    private final Map<String, Map<String, RealServerHold>> kept = new HashMap<>();
    /** Virtual servers whose file says something else. */
    private final Set<String> unsaved = new HashSet<>();

    Holds(Path directory) {
        this.directory = directory;
    }

    /** Virtual servers that have a file. */
    Set<String> names() {
        var names = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                names.add(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.debug("nothing is decided by hand: {}", e.toString());
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("what was decided by hand in an earlier run may stay: {}", e.toString());
        }
        return names;
    }

    /** What was decided, by real server. */
    synchronized Map<String, RealServerHold> find(String server) {
        return Map.copyOf(kept.computeIfAbsent(server, name -> new TreeMap<>(file(name))));
    }

    /** Reads the file, so that nobody has to who is in a hurry. */
    void read(String server) {
        synchronized (this) {
            if (kept.containsKey(server)) {
                return;
            }
        }
        var found = file(server);
        synchronized (this) {
            kept.putIfAbsent(server, new TreeMap<>(found));
        }
    }

    /** Until the end of the container, unless it is saved. */
    synchronized void set(String server, String realServer, @Nullable RealServerHold hold) {
        var holds = kept.computeIfAbsent(server, name -> new TreeMap<>(file(name)));
        var before = hold == null ? holds.remove(realServer) : holds.put(realServer, hold);
        if (!Objects.equals(before, hold)) {
            unsaved.add(server);
        }
    }

    /** Saves what was set. A reader sees the old file or the new one, whole, also after a loss of power. */
    void save(String server) throws IOException {
        synchronized (disk) {
            Map<String, RealServerHold> holds;
            synchronized (this) {
                if (!unsaved.remove(server)) {
                    return;
                }
                holds = new TreeMap<>(kept.getOrDefault(server, Map.of()));
            }
            try {
                write(server, holds);
            } catch (IOException e) {
                synchronized (this) {
                    unsaved.add(server);
                }
                throw e;
            }
        }
    }

    void saveOrWarn(String server) {
        try {
            save(server);
        } catch (IOException e) {
            LOG.warn("lvs={} what was decided by hand lasts only until the next start: {}", server, e.toString());
        }
    }

    /** The virtual server is gone. */
    synchronized void forget(String server) {
        kept.put(server, new TreeMap<>());
        unsaved.add(server);
    }

    /** The virtual server has another name. */
    synchronized void rename(String from, String to) {
        find(from).forEach((realServer, hold) -> set(to, realServer, hold));
        forget(from);
    }

    private Map<String, RealServerHold> file(String server) {
        var file = path(server);
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            var values = new Properties();
            values.load(reader);
            return holds(values);
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            LOG.warn("lvs={} is as usual: {} is damaged: {}", server, file, e.getMessage());
            return Map.of();
        }
    }

    private void write(String server, Map<String, RealServerHold> holds) throws IOException {
        if (holds.isEmpty()) {
            Files.deleteIfExists(path(server));
            return;
        }
        Files.createDirectories(directory);
        var file = path(server);
        var draft = file.resolveSibling(file.getFileName() + ".draft");
        try (var channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(text(holds)));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, RealServerHold> holds(Properties values) throws IOException {
        var names = new TreeSet<String>();
        for (var key : values.stringPropertyNames()) {
            int dot = key.lastIndexOf('.');
            if (dot < 1) {
                throw new IOException(key + " is no key of it");
            }
            names.add(key.substring(0, dot));
        }
        var holds = new TreeMap<String, RealServerHold>();
        for (var name : names) {
            holds.put(name, hold(name + '.', values));
        }
        return holds;
    }

    private static RealServerHold hold(String prefix, Properties values) throws IOException {
        var since = values.getProperty(prefix + "since");
        if (since == null) {
            throw new IOException("it has no " + prefix + "since");
        }
        return new RealServerHold(
                "yes".equals(values.getProperty(prefix + "draining")),
                Integer.parseInt(values.getProperty(prefix + "weight", "-1")),
                values.getProperty(prefix + "reason", ""),
                Instant.parse(since),
                instant(values.getProperty(prefix + "deadline")),
                instant(values.getProperty(prefix + "until")));
    }

    private static @Nullable Instant instant(@Nullable String written) {
        return written == null ? null : Instant.parse(written);
    }

    private static String text(Map<String, RealServerHold> holds) {
        var text = new StringBuilder(HEAD);
        holds.forEach((name, hold) -> {
            line(text, name, "draining", hold.draining() ? "yes" : "no");
            line(text, name, "weight", hold.weight());
            line(text, name, "reason", hold.reason().replace("\\", "\\\\"));
            line(text, name, "since", hold.since());
            line(text, name, "deadline", hold.deadline());
            line(text, name, "until", hold.until());
        });
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String key, @Nullable Object value) {
        if (value != null) {
            text.append(name)
                    .append('.')
                    .append(key)
                    .append(" = ")
                    .append(value)
                    .append('\n');
        }
    }

    private Path path(String server) {
        return directory.resolve(PREFIX + server + SUFFIX);
    }
}
