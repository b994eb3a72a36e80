package io.halcyon.lvs.engine;

import io.halcyon.api.lvs.RealServerHold;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody decided by hand about real servers, over a restart: one small file per virtual server, {@code
 * data/overrides/lvs-NAME.cfg}. A file that cannot be read is left out with a warning.
 */
final class Holds {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");
    private static final String HEAD =
            "# Decided by hand with lvs:weight or lvs:drain; lvs:undrain, or weight -1, ends it.\n";

    private final Path directory;

    Holds(Path directory) {
        this.directory = directory;
    }

    /** What was decided, by real server. */
    Map<String, RealServerHold> find(String server) {
        var file = file(server);
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

    /** Keeps it. A reader sees the old one or the new one, whole, also after a loss of power. */
    void keep(String server, Map<String, RealServerHold> holds) throws IOException {
        if (holds.isEmpty()) {
            Files.deleteIfExists(file(server));
            return;
        }
        Files.createDirectories(directory);
        var file = file(server);
        var draft = file.resolveSibling(file.getFileName() + ".draft");
        try (var channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(text(holds)));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void forget(String server) {
        try {
            Files.deleteIfExists(file(server));
        } catch (IOException e) {
            LOG.warn("lvs={} what was decided by hand cannot be forgotten: {}", server, e.toString());
        }
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

    private Path file(String server) {
        return directory.resolve("lvs-" + server + ".cfg");
    }
}
