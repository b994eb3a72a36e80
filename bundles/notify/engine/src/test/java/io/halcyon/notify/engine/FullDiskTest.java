package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real file system that is full: a small tmpfs in a mount namespace of another JVM. */
@Tag("lab")
@Timeout(120)
class FullDiskTest {

    private static final int EVENTS = 2_000;

    @TempDir
    Path directory;

    /** What that JVM runs. */
    static final class FullDisk {
        private FullDisk() {}

        public static void main(String[] arguments) throws Exception {
            var disk = Path.of(arguments[0]);
            var filler = disk.resolve("filler");
            BlockingQueue<Event> told = new LinkedBlockingQueue<>();
            var journal = disk.resolve("journal");
            var store = new EventStore(
                    journal,
                    () -> ConfiguredNode.USUAL_LIMITS,
                    Disk.REAL,
                    EventStore.PATIENCE_MILLIS,
                    told::add,
                    gone -> {});
            var hub = new EventHub(() -> "lb1", store, event -> {}, event -> {});
            var cursor = new Cursor(journal, "ops");
            cursor.write(0);
            fill(filler);
            long begin = System.nanoTime();
            for (int n = 0; n < EVENTS; n++) {
                hub.publish(Happenings.transition("no. " + n), List.of());
            }
            System.out.println("published within 20 s: " + (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(20)));
            System.out.println(told.take().text());
            System.out.println("in memory: " + store.after(0, EVENTS).size());
            System.out.println("on disk all: " + (Stores.onDisk(journal).size() == EVENTS));
            cursor.write(77);
            System.out.println("cursor: " + new Cursor(journal, "ops").read().orElse(-1));
            Files.delete(filler);
            System.out.println(told.take().text());
            while (Stores.onDisk(journal).size() < EVENTS) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            System.out.println("ids: "
                    + Stores.onDisk(journal).stream().mapToLong(EventRecord::id).sum());
            store.close();
        }

        private static void fill(Path filler) {
            try (var out = Files.newOutputStream(filler)) {
                while (true) {
                    out.write(new byte[512]);
                }
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void theNodeRunsOnSaysSoAndWritesWhatItHeldWhenThereIsRoomAgain() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var script =
                "mount -t tmpfs -o size=2m none %1$s && exec %2$s -Xmx128m -Dorg.slf4j.simpleLogger.defaultLogLevel=off -cp '%3$s' '%4$s' %1$s"
                        .formatted(directory, java, System.getProperty("java.class.path"), FullDisk.class.getName());

        var process = new ProcessBuilder("unshare", "--mount", "sh", "-c", script)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines())
                .containsExactly(
                        "No space left on device",
                        "published within 20 s: true",
                        "cannot be written, new events are kept in memory only until it can: No space left on device",
                        "in memory: 2000",
                        "on disk all: false",
                        "cursor: 77",
                        "is written again",
                        "ids: " + (long) EVENTS * (EVENTS + 1) / 2);
    }
}
