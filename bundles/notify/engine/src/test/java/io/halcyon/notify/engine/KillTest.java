package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.EventRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another JVM publishes as fast as it can and is killed at any moment: what it said it had is there. */
@Timeout(120)
class KillTest {

    private static final int ROUNDS = 6;
    private static final int THREADS = 3;

    @TempDir
    Path directory;

    /** What that JVM runs: it prints each id that it was given. */
    static final class Publisher {
        private Publisher() {}

        public static void main(String[] arguments) {
            var store = Stores.open(Path.of(arguments[0]));
            var hub = new EventHub(() -> "lb1", store, event -> {}, event -> {});
            for (int n = 0; n < THREADS; n++) {
                new Thread(() -> {
                            while (true) {
                                long id = hub.publish(Happenings.transition("killed soon"), List.of());
                                System.out.println(id);
                            }
                        })
                        .start();
            }
        }
    }

    @Test
    void everyIdThatWasGivenIsThereAfterAKillAndComesOnce() throws Exception {
        var random = new SplittableRandom();
        Set<Long> printed = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            int before = printed.size();
            publishAndKill(1 + random.nextInt(800), printed);
            assertThat(printed).hasSizeGreaterThan(before);
            assertAllThere(printed);
        }
    }

    private void publishAndKill(int afterIds, Set<Long> printed) throws Exception {
        var errors = Files.createTempFile(directory, "errors", ".txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publisher.class.getName(),
                        directory.resolve("journal").toString())
                .redirectError(errors.toFile())
                .start();
        try (var output = process.inputReader(StandardCharsets.US_ASCII)) {
            for (int n = 0; n < afterIds; n++) {
                var line = output.readLine();
                assertThat(line).as(() -> text(errors)).isNotNull();
                assertThat(printed.add(Long.parseLong(line)))
                        .as("id %s is new", line)
                        .isTrue();
            }
            // Not the process itself: that would close its output.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            printedInTheMeantime(output, printed);
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void printedInTheMeantime(BufferedReader output, Set<Long> printed) throws IOException {
        // The last line may be half of one.
        for (var line = output.readLine(); line != null; ) {
            var next = output.readLine();
            if (next != null) {
                assertThat(printed.add(Long.parseLong(line))).isTrue();
            }
            line = next;
        }
    }

    private void assertAllThere(Set<Long> printed) throws IOException {
        var ids = Stores.onDisk(directory.resolve("journal")).stream()
                .map(EventRecord::id)
                .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(new HashSet<>(ids)).containsAll(printed);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
