package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.FakeNotifier.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Notifiers that want little of what happens, and what they cost the others. */
@Timeout(60)
class ManyCouriersTest {

    private static final int MANY = 300;
    private static final Pace PACE = new Pace(5_000, 500, 2_000);

    /** Some thousand events fill it. */
    private static final JournalLimits SMALL = new JournalLimits(1 << 20, Long.MAX_VALUE);

    @TempDir
    Path directory;

    private final AtomicInteger reads = new AtomicInteger();
    private final List<Integer> lost = Collections.synchronizedList(new ArrayList<>());
    private Couriers couriers;
    private EventStore store;
    private EventHub hub;

    @AfterEach
    void stop() {
        couriers.close();
        store.close();
    }

    @Test
    void anEventIsReadByThoseThatWantItOnly() throws Exception {
        open(directory);
        var mine = quorum(0);
        for (int n = 1; n < MANY; n++) {
            quorum(n);
        }
        for (int n = 0; n < MANY; n++) {
            assertLooked("lvs/web" + n);
        }
        mine.arrived.clear();
        reads.set(0);

        for (int n = 1; n <= 100; n++) {
            long id = publish("web0", "no. " + n);
            assertThat(next(mine.arrived)).isEqualTo(id);
        }

        assertLooked("lvs/web1");
        assertThat(reads.get()).isBetween(1, 2 * 100);
    }

    @Test
    void whoeverIsConfiguredAnewHearsOfTheNewObjectAndNoLongerOfTheOldOne() throws Exception {
        open(directory);
        var before = quorum(7);
        assertThat(publish("web7", "a")).isEqualTo(next(before.arrived));

        couriers.apply("lvs/web7", settings("lvs/web7", "mail"));
        var after = plug("lvs/web7");
        publish("web7", "b");
        assertThat(publish("mail", "c")).isEqualTo(next(after.arrived));

        couriers.apply("lvs/web7", settings("lvs/web7", "*"));
        var all = plug("lvs/web7");
        assertThat(publish("web7", "d")).isEqualTo(next(all.arrived));
        couriers.apply("lvs/web7", settings("lvs/web7", "web7, !web8"));
        var last = plug("lvs/web7");
        publish("mail", "e");
        assertThat(publish("web7", "f")).isEqualTo(next(last.arrived));
        assertThat(all.arrived).isEmpty();
    }

    @Test
    void aCursorIsWrittenForWhatWasWantedOnly() throws Exception {
        open(directory);
        var busy = quorum(1);
        quorum(2);
        long start = cursor("web2");
        for (int n = 0; n < 3; n++) {
            long id = publish("web1", "no. " + n);
            assertThat(next(busy.arrived)).isEqualTo(id);
            Await.until("it is written", () -> cursor("web1") == id);
        }

        assertThat(cursor("web2")).isEqualTo(start);
        couriers.close();
        assertThat(cursor("web2")).isEqualTo(store.lastId());
    }

    @Test
    void afterManyEventsThatNobodyWantedACrashLeavesFewToGoThrough() throws Exception {
        open(directory);
        quorum(2);
        assertLooked("lvs/web2");
        reads.set(0);

        for (int n = 1; n <= 2_100; n++) {
            publish("web1", "no. " + n);
        }

        Await.until("it is written", () -> cursor("web2") >= 1_000);
        assertThat(reads.get()).isZero();
    }

    @Test
    void nothingIsMissedNorToldTwiceWhileNotifiersComeAndGoAndChange() throws Exception {
        open(directory);
        var filters = List.of("%s", "%s, web1", "*", "!nobody", "w*, %s");
        var told = new ArrayList<List<Long>>();
        var wanted = new ArrayList<List<Long>>();
        for (int n = 0; n < 8; n++) {
            told.add(Collections.synchronizedList(new ArrayList<>()));
            wanted.add(new ArrayList<>());
            change("lvs/own" + n, "own" + n, told.get(n));
        }
        var random = new SplittableRandom(4_711);
        var publishing = CompletableFuture.runAsync(() -> {
            for (int n = 0; n < 20_000; n++) {
                int own = n % 13;
                long id = publish(own < 8 ? "own" + own : "web" + own % 3, "no. " + n);
                if (own < 8) {
                    wanted.get(own).add(id);
                }
            }
        });
        while (!publishing.isDone()) {
            int n = random.nextInt(8);
            change("lvs/own" + n, filters.get(random.nextInt(5)).formatted("own" + n), told.get(n));
        }
        publishing.get(30, TimeUnit.SECONDS);

        for (int n = 0; n < 8; n++) {
            var own = told.get(n);
            var all = wanted.get(n);
            Await.until("all is told", () -> own.size() >= all.size());
            assertThat(own).isEqualTo(all);
        }
    }

    /** Another filter, and another notifier, which keeps what it is told of its own object. */
    private void change(String name, String objects, List<Long> told) {
        couriers.apply(name, settings(name, objects));
        couriers.named(name).plug(event -> {
            if (name.endsWith(event.event().object())) {
                told.add(event.id());
            }
        });
    }

    /** To read a file costs more than all else that is done for the events in it. */
    @Test
    void whatAllHaveGotPastIsNotReadWhenItGoes() throws Exception {
        open(directory);
        var busy = quorum(1);
        quorum(2);
        long id = 0;
        for (int n = 1; n <= 5_000; n++) {
            id = publish("web1", "no. " + n);
            assertThat(next(busy.arrived)).isEqualTo(id);
        }
        Await.until("files have gone", () -> store.firstId() > 500);

        assertThat(lost).isEmpty();
        assertThat(cursor("web2")).isGreaterThanOrEqualTo(store.firstId() - 1);
    }

    @Test
    void whatSomebodyHasNotGotPastIsCountedBitByBit() throws Exception {
        open(directory);
        couriers.apply("lvs/web1", settings("lvs/web1", "web1"));
        quorum(2);
        for (int n = 1; n <= 5_000; n++) {
            publish("web1", "no. " + n);
        }
        Await.until("files have gone", () -> store.firstId() > 500);

        var status = couriers.named("lvs/web1").status();
        assertThat(status.lost()).isGreaterThan(500);
        assertThat(status.lost() + status.queued()).isEqualTo(5_000);
        assertThat(couriers.named("lvs/web2").status().lost()).isZero();
        assertThat(lost).isNotEmpty().allMatch(count -> count <= Archive.STRETCH);
    }

    /** The directory as a kill leaves it. */
    @Test
    void afterACrashNothingIsLostThatWasNotWanted(@TempDir Path copy) throws Exception {
        open(directory);
        quorum(2);
        for (int n = 1; n <= 5_000; n++) {
            publish("web1", "no. " + n);
        }
        Await.until("files have gone", () -> store.firstId() > 500);
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        stop();

        open(copy);
        var notifier = quorum(2);

        assertThat(couriers.named("lvs/web2").status().lost()).isZero();
        assertThat(publish("web2", "after")).isEqualTo(next(notifier.arrived));
    }

    private void open(Path place) {
        store = new EventStore(place, () -> SMALL, Disk.REAL, 10_000, event -> {}, new Stragglers() {
            @Override
            public void lose(List<EventRecord> gone) {
                lost.add(gone.size());
                couriers.lose(gone);
            }

            @Override
            public boolean areBefore(long id) {
                return couriers.areBefore(id);
            }
        });
        var alarms = Threads.timer(() -> "alarms");
        couriers = new Couriers(new Office(PACE, alarms, new Counted(), store.watch(), place));
        hub = new EventHub(() -> "lb1", store, couriers::offer, record -> {});
    }

    private FakeNotifier quorum(int number) {
        couriers.apply("lvs/web" + number, settings("lvs/web" + number, "web" + number));
        return plug("lvs/web" + number);
    }

    private FakeNotifier plug(String name) {
        var notifier = new FakeNotifier(event -> {});
        couriers.named(name).plug(notifier);
        return notifier;
    }

    /** What is done for a notifier is done in its order. */
    private void assertLooked(String name) throws InterruptedException {
        assertThat(couriers.named(name).trial(Happenings.record(0, new Event.Trial(name, "x"))))
                .isEmpty();
    }

    private long publish(String object, String reason) {
        return hub.publish(
                new Event.VirtualServerChange(object, "FWM 7", Health.UP, Health.DOWN, 0, 1, reason), List.of());
    }

    private long cursor(String name) {
        return new Cursor(directory, "lvs/" + name).read().orElse(-1);
    }

    private static NotifierSettings settings(String name, String objects) {
        return Settings.of(name, new HashMap<>(Map.of("events", "server", "objects", objects)));
    }

    /** The store, and how often it is asked. */
    private final class Counted implements EventSource {

        @Override
        public List<EventRecord> after(long id, int limit) {
            reads.incrementAndGet();
            return store.after(id, limit);
        }

        @Override
        public long firstId() {
            return store.firstId();
        }

        @Override
        public long lastId() {
            return store.lastId();
        }
    }
}
