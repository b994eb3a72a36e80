package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Event stores for tests. */
final class Stores {

    /** Nobody goes on before the disk has an event. */
    private static final long PATIENT_MILLIS = 10_000;

    private Stores() {}

    /** One that waits for the disk however busy the machine is. */
    static EventStore open(Path directory) {
        return open(directory, Disk.REAL);
    }

    static EventStore open(Path directory, Disk disk) {
        return new EventStore(
                directory, () -> ConfiguredNode.USUAL_LIMITS, disk, PATIENT_MILLIS, event -> {}, gone -> {});
    }

    /** Everything that a journal's files hold, whoever writes them. */
    static List<EventRecord> onDisk(Path directory) throws IOException {
        var segments = new CopyOnWriteArrayList<>(Segment.allIn(directory));
        return new Archive(segments).after(0, Integer.MAX_VALUE);
    }

    /** Waits until the files hold an event: whoever publishes waits for a moment only. */
    static List<EventRecord> onDisk(Path directory, long id) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            var found = onDisk(directory);
            if (found.stream().anyMatch(record -> record.id() == id)) {
                return found;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("event " + id + " is not there within 20 s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
