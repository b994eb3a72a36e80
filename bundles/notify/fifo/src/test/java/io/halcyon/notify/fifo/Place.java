package io.halcyon.notify.fifo;

import io.halcyon.testkit.Await;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A directory of the test with the FIFO and its readers. */
record Place(Path directory) {

    Path fifo() {
        return directory.resolve("fifo");
    }

    FifoNotifier notifier(Map<String, Object> more) {
        var keys = new HashMap<String, Object>(Map.of("fifo", fifo().toString()));
        keys.putAll(more);
        return (FifoNotifier) new FifoNotifierFactory().create("ops", Keys.of(FifoKeys.class, keys));
    }

    /** A reader that is there, reads when the test wants it, and never waits for a writer. */
    RandomAccessFile reader() throws IOException {
        return new RandomAccessFile(fifo().toFile(), "rw");
    }

    Path script(String text) throws IOException {
        var file = directory.resolve("reader");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    List<String> lines(String name) throws IOException {
        var file = directory.resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    List<String> awaitLines(String name, int count) throws Exception {
        Await.until(count + " lines in " + name, () -> lines(name).size() >= count);
        return lines(name);
    }
}
