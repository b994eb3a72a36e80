package io.halcyon.vrrp.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Priority overrides that survive a restart, one small file each under {@code data/overrides/}. Thread-safe. */
final class Overrides {

    private static final String PREFIX = "priority = ";

    private static final int HIGHEST = 254;

    private final Path directory;

    Overrides(Path directory) {
        this.directory = directory;
    }

    /** The saved override, 0 for none. */
    int priority(String router) throws IOException {
        try {
            String text = Files.readString(file(router)).trim();
            int priority = text.startsWith(PREFIX) ? Integer.parseInt(text.substring(PREFIX.length())) : 0;
            if (priority < 1 || priority > HIGHEST) {
                throw new IOException(file(router) + " holds no priority from 1 to 254");
            }
            return priority;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException e) {
            throw new IOException(file(router) + " holds no priority", e);
        }
    }

    /** Saves an override, or forgets it with 0. */
    void save(String router, int priority) throws IOException {
        if (priority == 0) {
            Files.deleteIfExists(file(router));
            return;
        }
        Files.createDirectories(directory);
        Files.writeString(file(router), PREFIX + priority + "\n");
    }

    private Path file(String router) {
        return directory.resolve("vrrp-" + router + ".cfg");
    }
}
