package io.halcyon.notify.fifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.json.Json;
import io.halcyon.linux.process.ProcessTable;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real FIFOs and real readers. */
@Timeout(60)
class FifoNotifierTest {

    /** Shell: writes its number and every line it reads to files of the directory. */
    private static final String COPIES =
            """
            #!/bin/sh
            cd %s
            echo $$ >> pids
            while read -r line; do
                echo "$line" >> copied
            done < "$2"
            echo "$1" > ended
            """;

    @TempDir
    Path directory;

    private Place place;
    private FifoNotifier notifier;

    @BeforeEach
    void open() {
        place = new Place(directory);
        notifier = place.notifier(Map.of());
    }

    @AfterEach
    void close() {
        notifier.close();
    }

    @Test
    void theFifoIsMadeWithTheFirstLineWhichWaitsForAReader() throws Exception {
        assertThat(place.fifo()).doesNotExist();

        var failure = failure(Events.master(1));

        assertThat(failure).hasMessage("nobody reads " + place.fifo());
        assertThat(Files.readAttributes(place.fifo(), "unix:mode").get("mode")).isEqualTo(0010600);
        try (var reader = place.reader()) {
            notifier.deliver(Events.master(1));
            assertThat(reader.readLine()).isEqualTo(Events.line(1));
        }
    }

    @Test
    void theFifoThatWasMadeHereIsRemovedAtTheEnd() throws Exception {
        failure(Events.master(1));
        notifier.close();
        assertThat(place.fifo()).doesNotExist();

        new ProcessBuilder("mkfifo", "-m", "600", place.fifo().toString())
                .start()
                .waitFor();
        notifier = place.notifier(Map.of());
        failure(Events.master(1));
        notifier.close();
        assertThat(place.fifo()).exists();
    }

    @Test
    void modeIsAsWanted() throws Exception {
        notifier = place.notifier(Map.of("mode", "0640"));

        failure(Events.master(1));

        assertThat(Files.readAttributes(place.fifo(), "unix:mode").get("mode")).isEqualTo(0010640);
    }

    @Test
    @Tag("lab")
    void ownerIsAsWanted() throws Exception {
        notifier = place.notifier(Map.of("user", "nobody:daemon"));

        failure(Events.master(1));

        assertThat(Files.readAttributes(place.fifo(), "unix:owner,group").toString())
                .contains("owner=nobody", "group=daemon");
    }

    @Test
    void aReaderThatStandsStillLosesNothingAndGetsEverythingInOrder() throws Exception {
        failure(Events.master(1));
        try (var reader = place.reader()) {
            long id = 1;
            while (delivered(id)) {
                id++;
            }
            assertThat(id).isGreaterThan(2_000);
            assertThat(failure(Events.master(id)))
                    .hasMessageStartingWith("the reader of " + place.fifo() + " does not keep up: it has left ");

            for (long read = 1; read < id; read++) {
                assertThat(reader.readLine()).isEqualTo(Events.line(read));
            }
            notifier.deliver(Events.master(id));
            assertThat(reader.readLine()).isEqualTo(Events.line(id));
        }
    }

    @Test
    void whatTheReaderLeftTheNextOneGets() throws Exception {
        failure(Events.master(1));
        try (var first = place.reader()) {
            for (long id = 1; id <= 3; id++) {
                notifier.deliver(Events.master(id));
            }
            assertThat(first.readLine()).isEqualTo(Events.line(1));
        }
        assertThat(failure(Events.master(4))).hasMessage("nobody reads " + place.fifo() + " any more");

        try (var second = place.reader()) {
            notifier.deliver(Events.master(4));
            for (long id = 2; id <= 4; id++) {
                assertThat(second.readLine()).isEqualTo(Events.line(id));
            }
        }
    }

    @Test
    void aFifoThatSomebodyRemovedIsMadeAgain() throws Exception {
        failure(Events.master(1));
        try (var first = place.reader()) {
            notifier.deliver(Events.master(1));
            assertThat(first.readLine()).isEqualTo(Events.line(1));
        }
        Files.delete(place.fifo());

        assertThat(failure(Events.master(2))).hasMessage("nobody reads " + place.fifo());

        try (var second = place.reader()) {
            notifier.deliver(Events.master(2));
            assertThat(second.readLine()).isEqualTo(Events.line(2));
        }
    }

    @Test
    void whatIsPutInItsPlaceIsLeftAlone() throws Exception {
        Files.writeString(place.fifo(), "precious");

        assertThat(failure(Events.master(1)).getMessage()).contains("not a FIFO");

        notifier.close();
        assertThat(place.fifo()).hasContent("precious");
    }

    @Test
    void ofManyEventsAtOnceEachIsToldOnceAlsoWhenThereIsNoRoomForAll() throws Exception {
        var events = IntStream.rangeClosed(1, 4_000).mapToObj(Events::master).toList();
        var digest = Events.record(5_000, new Event.Digest("ops", events));
        failure(digest);
        try (var reader = place.reader()) {
            assertThat(failure(digest)).hasMessageContaining("does not keep up");
            for (int id = 1; id <= 2_000; id++) {
                assertThat(reader.readLine()).isEqualTo(Events.line(id));
            }

            notifier.deliver(digest);
            notifier.deliver(Events.master(5_001));

            for (int id = 2_001; id <= 4_000; id++) {
                assertThat(reader.readLine()).isEqualTo(Events.line(id));
            }
            assertThat(reader.readLine()).isEqualTo(Events.line(5_001));
        }
    }

    @Test
    void whatHasNoLineIsDeliveredWithoutAReader() throws Exception {
        notifier.deliver(Events.record(1, new Event.PluginChange("exec", "came")));

        assertThat(place.fifo()).doesNotExist();
    }

    @Test
    void aTrialLooksForAReaderAndWritesNothing() throws Exception {
        assertThat(failure(Events.trial(1))).hasMessage("nobody reads " + place.fifo());
        try (var reader = place.reader()) {
            notifier.deliver(Events.trial(2));
            notifier.deliver(Events.master(3));
            assertThat(reader.readLine()).isEqualTo(Events.line(3));
        }
        assertThat(failure(Events.trial(4))).hasMessage("nobody reads " + place.fifo() + " any more");
    }

    @Test
    void aLongLineOfJsonIsNeverCut() throws Exception {
        notifier = place.notifier(Map.of("format", "json"));
        var small = Events.master(1);
        var large = Events.record(2, new Event.ConfigurationChange("VI_1", "é".repeat(40_000), Severity.WARNING));
        failure(small);
        try (var reader = place.reader()) {
            notifier.deliver(small);
            assertThat(failure(large)).hasMessageContaining("does not keep up");

            assertThat(reader.readLine()).isEqualTo(Json.write(small));
            notifier.deliver(large);
            var line = new byte[Json.write(large).getBytes(java.nio.charset.StandardCharsets.UTF_8).length];
            reader.readFully(line);
            assertThat(new String(line, java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(Json.write(large));
        }
    }

    @Test
    void theScriptReadsAndEndsWithUs() throws Exception {
        var script = place.script(COPIES.formatted(directory));
        notifier = place.notifier(Map.of("script", script + " 'well done'"));

        notifier.deliver(Events.master(1));
        notifier.deliver(Events.master(2));
        notifier.close();

        assertThat(place.lines("copied")).containsExactly(Events.line(1), Events.line(2));
        assertThat(place.lines("ended")).containsExactly("well done");
        assertThat(place.fifo()).doesNotExist();
    }

    @Test
    void aScriptThatDoesNotSeeTheEndIsEndedWithItsChildren() throws Exception {
        var script = place.script(
                "#!/bin/sh\ncd " + directory + "\nexec 3< \"$1\"\nsleep 60 &\necho $! > child\nread -r line <&3\n"
                        + "echo \"$line\" > copied\nwait\n");
        notifier = place.notifier(Map.of("script", script.toString()));
        notifier.deliver(Events.master(1));
        place.awaitLines("copied", 1);
        long child = Long.parseLong(place.lines("child").get(0));
        assertThat(isAlive(child)).isTrue();

        notifier.close();

        awaitEnd(child);
    }

    @Test
    void aScriptThatIsKilledIsStartedAgainAndNothingIsLost() throws Exception {
        var script = place.script(COPIES.formatted(directory));
        notifier = place.notifier(Map.of("script", script + " x"));
        notifier.deliver(Events.master(1));
        place.awaitLines("copied", 1);
        long first = Long.parseLong(place.awaitLines("pids", 1).get(0));

        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        awaitEnd(first);
        var failure = failureUntilItsEndIsKnown(Events.master(2));
        deliverAgainAndAgain(Events.master(2));

        assertThat(failure)
                .contains("nobody reads " + place.fifo() + " any more; its reader ended with signal 9 (KILL)");
        assertThat(place.awaitLines("copied", 2)).containsExactly(Events.line(1), Events.line(2));
        assertThat(place.lines("pids")).hasSize(2);
    }

    @Test
    void perlReadsToo() throws Exception {
        var script = place.script("#!/usr/bin/perl\nuse strict; $| = 1; open(my $in, '<', $ARGV[0]) or die;\n"
                + "while (<$in>) { open(my $out, '>>', '" + directory.resolve("copied") + "'); print $out $_; }\n");
        notifier = place.notifier(Map.of("script", script.toString(), "format", "json"));

        notifier.deliver(Events.master(1));
        notifier.close();

        assertThat(place.lines("copied")).containsExactly(Json.write(Events.master(1)));
    }

    @Test
    @Tag("lab")
    void anotherUserReads() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        var script = place.script("#!/bin/sh\n{ id -un; cat \"$1\"; } > " + directory.resolve("copied") + "\n");
        notifier = place.notifier(Map.of("script", script.toString(), "user", "nobody"));

        notifier.deliver(Events.master(1));
        notifier.close();

        assertThat(place.lines("copied")).isEqualTo(List.of("nobody", Events.line(1)));
    }

    private boolean delivered(long id) throws InterruptedException {
        try {
            notifier.deliver(Events.master(id));
            return true;
        } catch (DeliveryException full) {
            return false;
        }
    }

    private DeliveryException failure(EventRecord happened) {
        var failure = catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(happened));
        assertThat(failure).isNotNull();
        assertThat(failure.worthRetrying()).as(failure.getMessage()).isTrue();
        return failure;
    }

    /** That it has ended is known to the kernel before its keeper has been told. */
    private String failureUntilItsEndIsKnown(EventRecord happened) throws Exception {
        var last = new AtomicReference<String>();
        Await.until("its end is known", () -> {
            last.set(failure(happened).getMessage());
            return last.get().contains(";");
        });
        return last.get();
    }

    private void deliverAgainAndAgain(EventRecord happened) throws Exception {
        Await.until(happened + " is delivered", () -> {
            try {
                notifier.deliver(happened);
                return true;
            } catch (DeliveryException notYet) {
                return false;
            }
        });
    }

    private static void awaitEnd(long pid) throws Exception {
        Await.until(pid + " has ended", () -> !isAlive(pid));
    }

    private static boolean isAlive(long pid) {
        return ProcessTable.system().process(pid).isAlive();
    }
}
