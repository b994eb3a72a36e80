package io.halcyon.vip.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What we ever began to claim and have not seen released, also over a crash: it is ours to adopt and to release, all else
 * that is there before us is foreign. Thread-safe.
 *
 * <p>Written before the command runs. A record that cannot be written is no reason to leave an address to nobody.
 */
final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Path file;
    private final Set<String> places = new TreeSet<>();

    Claims(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                places.addAll(Files.readAllLines(file));
            }
        } catch (IOException e) {
            LOG.warn("cannot read {}, what a former run claimed counts as foreign: {}", file, e.getMessage());
        }
    }

    synchronized boolean has(Place place) {
        return places.contains(place.toString());
    }

    synchronized void add(Place place) {
        if (places.add(place.toString())) {
            write();
        }
    }

    synchronized void remove(Place place) {
        if (places.remove(place.toString())) {
            write();
        }
    }

    /** {@code ADDRESS INTERFACE} each. */
    synchronized List<String> all() {
        return List.copyOf(places);
    }

    private void write() {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.write(next, places);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("cannot write {}, a crash would make what is claimed foreign: {}", file, e.getMessage());
        }
    }
}
