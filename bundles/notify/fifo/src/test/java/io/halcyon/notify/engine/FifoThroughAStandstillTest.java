package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.notify.fifo.FifoNotifierFactory;
import io.halcyon.settings.ConfigText;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queue and FIFO together, with a reader that stands still and one that goes; only the delays are shortened. */
@Timeout(60)
class FifoThroughAStandstillTest {

    private static final Pace QUICK = new Pace(5_000, 500, 2_000);

    @TempDir
    Path directory;

    private final Recent events = new Recent(0);
    private final ScheduledThreadPoolExecutor alarms = Threads.timer(() -> "alarms");
    private Path fifo;
    private Courier courier;

    @BeforeEach
    void start() throws Exception {
        fifo = directory.resolve("fifo");
        new ProcessBuilder("mkfifo", "-m", "600", fifo.toString()).start().waitFor();
        var text = ConfigText.of(
                "ops",
                "io.halcyon.notify-ops.cfg",
                Map.of(
                        "type", "fifo",
                        "retry.first", "0.01",
                        "retry.max", "0.1",
                        "delivery.timeout", "10",
                        "fifo", fifo.toString()));
        courier = new Courier(
                "ops",
                NotifierSettings.of(text),
                new Office(QUICK, alarms, events, new MaintenanceWatch(directory), directory));
        courier.plug(InstalledType.of(new FifoNotifierFactory()).make(text));
    }

    @AfterEach
    void stop() {
        courier.leave(System.nanoTime());
        alarms.shutdownNow();
    }

    @Test
    void aReaderThatStandsStillGetsEveryLineInOrderAndOnce() throws Exception {
        try (var reader = new RandomAccessFile(fifo.toFile(), "rw")) {
            offer(1, 6_000);
            awaitError("does not keep up");

            assertRead(reader, 1, 6_000);
        }
        assertThat(courier.status().lost()).isZero();
    }

    @Test
    void readersThatComeAndGoGetEveryLineInOrderAndOnce() throws Exception {
        offer(1, 3);
        awaitError("nobody reads");
        try (var first = new RandomAccessFile(fifo.toFile(), "rw")) {
            assertRead(first, 1, 2);
        }
        offer(4, 6);
        awaitError("any more");

        try (var second = new RandomAccessFile(fifo.toFile(), "rw")) {
            assertRead(second, 3, 6);
        }
        assertThat(courier.status().lost()).isZero();
    }

    private static void assertRead(RandomAccessFile reader, int first, int last) throws Exception {
        for (int id = first; id <= last; id++) {
            assertThat(reader.readLine()).isEqualTo("INSTANCE \"VI_" + id + "\" MASTER 100");
        }
    }

    private void awaitError(String text) throws InterruptedException {
        while (!courier.status().lastError().contains(text)) {
            Thread.sleep(5);
        }
    }

    private void offer(int first, int last) {
        for (int id = first; id <= last; id++) {
            var event = new Event.RouterTransition(
                    "VI_" + id, RouterState.BACKUP, RouterState.MASTER, "test", 100, List.of(), false, false);
            var record = new EventRecord(id, Instant.EPOCH.plusSeconds(id), id, "lb1", List.of(), event);
            events.add(record);
            courier.offer(record);
        }
    }
}
