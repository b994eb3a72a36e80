package io.halcyon.lvs.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names of data planes that were used, over a restart: where an earlier run has left something. One that was never used is
 * never touched. Owned by the loop thread.
 */
final class UsedPlanes {

    private static final Logger LOG = LoggerFactory.getLogger(UsedPlanes.class);

    private final Path file;
    private final Set<String> names = new TreeSet<>();

    UsedPlanes(Path file) {
        this.file = file;
        try {
            Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(names::add);
        } catch (NoSuchFileException e) {
            LOG.debug("no data plane was used before");
        } catch (IOException e) {
            LOG.warn("what an earlier run left may stay: {} cannot be read: {}", file, e.toString());
        }
    }

    Set<String> names() {
        return Set.copyOf(names);
    }

    void add(String name) {
        if (!names.add(name)) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, names);
        } catch (IOException e) {
            LOG.warn("what this run leaves may stay: {} cannot be written: {}", file, e.toString());
        }
    }
}
