package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.FakeNotifier.next;
import static io.halcyon.notify.engine.Happenings.transition;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.testkit.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory and journal together, with a disk that gets into trouble. */
@Timeout(60)
class EventStoreTest {

    private static final Pace PACE = new Pace(5_000, 500, 2_000);

    @TempDir
    Path directory;

    private final SickDisk disk = new SickDisk();
    private final BlockingQueue<Event> told = new LinkedBlockingQueue<>();
    private Couriers couriers;
    private EventStore store;
    private EventHub hub;

    /** Takes nothing, or half of it, while it is full; hangs while somebody holds it. */
    private static final class SickDisk implements Disk {

        final AtomicInteger forced = new AtomicInteger();
        volatile Runnable whenForced = () -> {};
        volatile boolean full;
        volatile CountDownLatch hanging = new CountDownLatch(0);

        @Override
        public void write(FileChannel file, ByteBuffer bytes, long place) throws IOException {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (full) {
                Disk.REAL.write(file, bytes.slice(0, bytes.remaining() / 2), place);
                throw new IOException("No space left on device");
            }
            Disk.REAL.write(file, bytes, place);
        }

        @Override
        public void force(FileChannel file) throws IOException {
            forced.incrementAndGet();
            whenForced.run();
            Disk.REAL.force(file);
        }
    }

    @AfterEach
    void stop() throws Exception {
        disk.full = false;
        disk.hanging.countDown();
        if (couriers != null) {
            couriers.close();
            // The store does not wait for ever, and who writes on would be in the way of the directory's end.
            if (store.lastId() > 0) {
                awaitOnDisk(store.lastId());
            }
            store.close();
        }
    }

    @Test
    void aFullDiskIsToldOnceAndLosesNothingWhenItTakesEventsAgain() throws Exception {
        open(EventStore.PATIENCE_MILLIS);
        var notifier = notifier();
        publish(1, 3);
        arrives(notifier, 1, 3);
        disk.full = true;

        long begin = System.nanoTime();
        publish(4, 2_000);
        long publishedIn = System.nanoTime() - begin;

        assertThat(told.take().text())
                .isEqualTo("cannot be written, new events are kept in memory only until it can: "
                        + "No space left on device");
        assertThat(publishedIn).as("nobody waits for a full disk").isLessThan(TimeUnit.SECONDS.toNanos(10));
        arrivesEventually(notifier, 2_000);
        assertThat(onDisk()).hasSizeLessThanOrEqualTo(3);
        disk.full = false;
        assertThat(told.take().text()).isEqualTo("is written again");
        assertThat(told).isEmpty();
        awaitOnDisk(store.lastId());
        assertThat(onDisk()).hasSize((int) store.lastId());
    }

    @Test
    void whatNobodyCanKeepIsCountedWhereItWasMissed() throws Exception {
        open(EventStore.PATIENCE_MILLIS);
        couriers.apply("ops", Settings.of("ops", Map.of()));
        disk.full = true;

        publish(1, Recent.UNWRITTEN + 500);

        var status = couriers.named("ops").status();
        assertThat(status.lost()).isGreaterThanOrEqualTo(499);
        assertThat(status.lost() + status.queued()).isEqualTo(Recent.UNWRITTEN + 500);
        var first = couriers.named("ops").queue(1).get(0).event();
        assertThat(status.oldest()).isEqualTo(first.at());
    }

    @Test
    void aDiskThatHangsDelaysOneWhoPublishesAndNoOther() throws Exception {
        open(EventStore.PATIENCE_MILLIS);
        publish(1, 1);
        disk.hanging = new CountDownLatch(1);

        long begin = System.nanoTime();
        publish(2, 1_000);
        long took = System.nanoTime() - begin;

        assertThat(took).isLessThan(TimeUnit.SECONDS.toNanos(5));
        disk.hanging.countDown();
        awaitOnDisk(1_000);
    }

    @Test
    void aBurstIsForcedToTheDiskOnceASecondAndAtTheEnd() throws Exception {
        open(10_000);
        long begin = System.nanoTime();
        publish(1, 500);
        couriers.close();
        store.close();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);

        assertThat(disk.forced.get()).isBetween(1, (int) seconds + 1);
        open(10_000);
    }

    @Test
    void anEventThatComesWhileTheJournalIsClosedDoesNotOpenItAgain() throws Exception {
        open(EventStore.PATIENCE_MILLIS);
        publish(1, 1);
        awaitOnDisk(1);
        couriers.close();
        couriers = null; // nobody waits for the second one

        disk.whenForced = () -> {
            disk.whenForced = () -> {};
            publish(2, 2);
        };
        store.close();

        Await.until("its thread ends", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("notify-journal")));
        assertThat(store.lastId()).isEqualTo(2);
        assertThat(onDisk()).hasSize(1);
    }

    @Test
    void aHoldSurvivesARestart() throws Exception {
        open(10_000);
        hub.publish(new Event.Maintenance("chk", "disabled by hand", true, Severity.WARNING), List.of());
        long during = hub.publish(transition("x"), List.of());
        couriers.close();
        store.close();

        open(10_000);

        long now = hub.publish(transition("y"), List.of());
        assertThat(store.watch().held("chk", during)).isTrue();
        assertThat(store.watch().held("chk", now)).isTrue();
        assertThat(store.watch().held("other", now)).isFalse();
        hub.publish(new Event.Maintenance("chk", "back to normal", false, Severity.INFO), List.of());
        assertThat(store.watch().held("chk", hub.publish(transition("z"), List.of())))
                .isFalse();
        assertThat(store.watch().held("chk", now)).isTrue();
    }

    @Test
    void numbersGoOnEvenIfTheJournalIsGoneAndOnlyACursorKnows() throws Exception {
        open(10_000);
        notifier();
        publish(1, 20);
        couriers.close();
        store.close();
        Files.delete(directory.resolve("events-00000000000000000001.log"));

        open(10_000);

        assertThat(hub.publish(transition("x"), List.of())).isEqualTo(21);
    }

    @Test
    void whatGoesFromTheJournalUntoldIsLostAndCounted() throws Exception {
        open(10_000, new JournalLimits(1 << 20, Long.MAX_VALUE));
        couriers.apply("ops", Settings.of("ops", Map.of("objects", "VI_1")));

        publish(1, 6_000);

        var status = couriers.named("ops").status();
        assertThat(status.lost()).isBetween(1_000L, 5_000L);
        assertThat(status.lost() + status.queued()).isEqualTo(6_000);
        var notifier = new FakeNotifier(FakeNotifier.TAKES);
        couriers.named("ops").plug(notifier);
        arrives(notifier, status.lost() + 1, 6_000);
        assertThat(couriers.named("ops").trial(Happenings.record(0, new Event.Trial("ops", "end"))))
                .isEmpty();
        assertThat(couriers.named("ops").status().queued()).isZero();
    }

    private void open(long patienceMillis) {
        open(patienceMillis, ConfiguredNode.USUAL_LIMITS);
    }

    private void open(long patienceMillis, JournalLimits limits) {
        store = new EventStore(
                directory, () -> limits, disk, patienceMillis, this::announce, gone -> couriers.lose(gone));
        var alarms = Threads.timer(() -> "alarms");
        couriers = new Couriers(new Office(PACE, alarms, store, store.watch(), directory));
        hub = new EventHub(() -> "lb1", store, couriers::offer, record -> {});
    }

    private void announce(Event event) {
        hub.announce(event, List.of());
        told.add(event);
    }

    private FakeNotifier notifier() {
        var notifier = new FakeNotifier(FakeNotifier.TAKES);
        couriers.apply("ops", Settings.of("ops", Map.of()));
        couriers.named("ops").plug(notifier);
        return notifier;
    }

    private void publish(int first, int last) {
        for (int n = first; n <= last; n++) {
            hub.publish(transition("no. " + n), List.of());
        }
    }

    private static void arrives(FakeNotifier notifier, long first, long last) throws InterruptedException {
        for (long id = first; id <= last; id++) {
            assertThat(next(notifier.arrived)).isEqualTo(id);
        }
    }

    /** In order; among them is one event of the store's own that nobody asked for. */
    private static void arrivesEventually(FakeNotifier notifier, long last) throws InterruptedException {
        long before = 0;
        while (before < last) {
            long id = next(notifier.arrived);
            assertThat(id).isGreaterThan(before);
            before = id;
        }
    }

    private List<EventRecord> onDisk() throws IOException {
        return Stores.onDisk(directory);
    }

    private void awaitOnDisk(long id) throws IOException {
        assertThat(Stores.onDisk(directory, id)).isNotEmpty();
    }
}
