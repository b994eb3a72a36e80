package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.FakeNotifier.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.EventRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 10,000 events at once for three notifiers, of which one does not work. */
@Tag("lab")
@Timeout(120)
class BurstTest {

    private static final int EVENTS = 10_000;
    private static final int BEFORE = 1_000;
    private static final long HEAP_BYTES = 24 << 20;
    private static final Pace PACE = new Pace(5_000, 500, 2_000);

    @TempDir
    Path directory;

    private Couriers couriers;
    private EventStore store;
    private EventHub hub;

    private void start(long patienceMillis) {
        store = new EventStore(
                directory,
                () -> ConfiguredNode.USUAL_LIMITS,
                Disk.REAL,
                patienceMillis,
                event -> {},
                gone -> couriers.lose(gone));
        var alarms = Threads.timer(() -> "alarms");
        couriers = new Couriers(new Office(PACE, alarms, store, store.watch(), directory));
        hub = new EventHub(() -> "lb1", store, couriers::offer, record -> {});
    }

    @AfterEach
    void stop() {
        couriers.close();
        store.close();
    }

    static Stream<FakeNotifier.Behaviour> failures() {
        return Stream.of(FakeNotifier.IS_DOWN, FakeNotifier.HANGS);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void twoThatWorkGetEverythingInOrderWhateverTheThirdDoes(FakeNotifier.Behaviour failure) throws Exception {
        start(EventStore.PATIENCE_MILLIS);
        var mail = notifier("mail", FakeNotifier.TAKES);
        var log = notifier("log", FakeNotifier.TAKES);
        var broken = notifier("broken", failure);
        publish(BEFORE);
        awaitWritten(BEFORE);
        var before = publish(BEFORE);
        // What follows fits into memory, however little of the machine the disk's thread gets.
        awaitWritten(2 * BEFORE);
        long heapBefore = heap();

        var during = publish(EVENTS);

        long heapDuring = heap();
        System.out.printf(
                Locale.ROOT,
                "publish: before %s, during %s; heap before %,d KiB, then %,d KiB%n",
                percentiles(before),
                percentiles(during),
                heapBefore >> 10,
                heapDuring >> 10);
        int all = 2 * BEFORE + EVENTS;
        arrives(mail, all);
        arrives(log, all);
        assertThat(heapDuring - heapBefore).isLessThan(HEAP_BYTES);
        assertThat(couriers.named("broken").status().queued()).isEqualTo(all);
        assertThat(couriers.named("broken").status().lost()).isZero();

        broken.behaviour = FakeNotifier.TAKES;
        broken.worker.interrupt();
        couriers.named("broken").retry(List.of());

        arrives(broken, all);
        assertThat(Stores.onDisk(directory, all))
                .extracting(EventRecord::id)
                .isSorted()
                .hasSize(all);
    }

    @Test
    void whatOneOfThemCannotTakeWaitsOnDiskAndNotInMemory() throws Exception {
        start(10_000);
        for (int n = 0; n < 5; n++) {
            notifier("dead" + n, FakeNotifier.IS_DOWN);
        }
        publish(BEFORE);
        long one = heap();
        publish(EVENTS);
        publish(EVENTS);

        assertThat(heap() - one).isLessThan(HEAP_BYTES);
        assertThat(couriers.statuses())
                .allSatisfy(status -> assertThat(status.queued()).isEqualTo(BEFORE + 2 * EVENTS));
    }

    private FakeNotifier notifier(String name, FakeNotifier.Behaviour behaviour) {
        var notifier = new FakeNotifier(behaviour);
        couriers.apply(name, Settings.of(name, Map.of("retry.first", "0.5")));
        couriers.named(name).plug(notifier);
        return notifier;
    }

    /** Durations in nanoseconds, sorted. */
    private long[] publish(int count) {
        var nanos = new long[count];
        for (int n = 0; n < count; n++) {
            long begin = System.nanoTime();
            hub.publish(Happenings.transition("no. " + n), List.of());
            nanos[n] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static String percentiles(long[] nanos) {
        return String.format(
                Locale.ROOT,
                "p50 %.3f ms p99 %.3f ms max %.3f ms",
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6);
    }

    private void awaitWritten(long id) throws IOException {
        assertThat(Stores.onDisk(directory, id)).isNotEmpty();
    }

    private static void arrives(FakeNotifier notifier, long last) throws InterruptedException {
        for (long id = 1; id <= last; id++) {
            assertThat(next(notifier.arrived)).isEqualTo(id);
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
