package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventHubTest {

    private final List<EventRecord> queued = new ArrayList<>();
    private final List<EventRecord> seen = new ArrayList<>();

    @TempDir
    Path directory;

    private EventStore store;
    private EventHub hub;

    @BeforeEach
    void open() {
        store = Stores.open(directory);
        hub = new EventHub(() -> "lb1", store, queued::add, seen::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anEventGetsItsNumberItsNodeAndItsCauses() {
        long first = hub.publish(Happenings.transition("a"), List.of());
        long second = hub.publish(Happenings.transition("b"), List.of(first));

        assertThat(second).isEqualTo(first + 1);
        assertThat(last(10)).isEqualTo(queued).isEqualTo(seen).last().satisfies(record -> {
            assertThat(record.node()).isEqualTo("lb1");
            assertThat(record.causes()).containsExactly(first);
            assertThat(record.event().text()).isEqualTo("BACKUP -> MASTER, b");
        });
    }

    @Test
    void whatMemoryForgetsTheJournalHas() {
        publish(Recent.KEPT + 7);

        assertThat(last(5_000))
                .hasSize(Recent.KEPT + 7)
                .first()
                .extracting(EventRecord::id)
                .isEqualTo(1L);
        assertThat(last(2)).extracting(EventRecord::id).containsExactly(1_006L, 1_007L);
        assertThat(last(0)).isEmpty();
        assertThat(last(-1)).isEmpty();
        assertThat(store.event(3))
                .hasValueSatisfying(record -> assertThat(record.event().text()).endsWith("no. 3"));
        assertThat(store.event(1_000)).isPresent();
        assertThat(store.event(1_008)).isEmpty();
    }

    @Test
    void aSearchGoesThroughTheJournalToo() {
        hub.publish(new Event.Stall("VI_1", 900, "stays"), List.of());
        publish(Recent.KEPT);
        hub.publish(new Event.Stall("VI_2", 800, "stays"), List.of());

        assertThat(store.search(new EventFilter(Set.of(EventKind.STALL), Severity.INFO, List.of(), null), 10))
                .extracting(EventRecord::id)
                .containsExactly(1L, 1_002L);
        assertThat(store.search(new EventFilter(Set.of(EventKind.STALL), Severity.INFO, List.of("*_1"), null), 10))
                .extracting(EventRecord::id)
                .containsExactly(1L);
        assertThat(store.search(new EventFilter(Set.of(EventKind.STALL), Severity.CRITICAL, List.of(), null), 10))
                .isEmpty();
    }

    @Test
    void whoeverWaitsIsWokenByTheNextEvent() throws Exception {
        long known = hub.publish(Happenings.transition("a"), List.of());
        var found = CompletableFuture.supplyAsync(() -> after(known, Duration.ofMinutes(1)));
        long next = hub.publish(Happenings.transition("b"), List.of());

        assertThat(found.get(10, TimeUnit.SECONDS))
                .singleElement()
                .extracting(EventRecord::id)
                .isEqualTo(next);
        assertThat(hub.after(next, 10, Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void whoeverIsSlowReadsOnInTheJournal() throws Exception {
        publish(Recent.KEPT + 7);

        assertThat(hub.after(3, 2, Duration.ZERO)).extracting(EventRecord::id).containsExactly(4L, 5L);
        assertThat(hub.after(1_005, 10, Duration.ZERO))
                .extracting(EventRecord::id)
                .containsExactly(1_006L, 1_007L);
    }

    private void publish(int count) {
        for (int i = 1; i <= count; i++) {
            hub.publish(Happenings.transition("no. " + i), List.of());
        }
    }

    private List<EventRecord> last(int limit) {
        return store.search(EventFilter.ALL, limit);
    }

    private List<EventRecord> after(long id, Duration patience) {
        try {
            return hub.after(id, 10, patience);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoeverPublishesHearsNothingOfOthersFailures() {
        var broken = new EventHub(
                () -> "lb1",
                store,
                event -> {
                    throw new IllegalStateException("queue");
                },
                event -> {
                    throw new IllegalStateException("bystander");
                });

        assertThat(broken.publish(Happenings.transition("a"), List.of())).isEqualTo(1);
        assertThat(last(1)).hasSize(1);
    }

    @Test
    void queuesSeeTheOrderOfTheNumbersWhoeverPublishes() throws Exception {
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            var thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int n = 0; n < 500; n++) {
                    hub.publish(Happenings.transition("n"), List.of());
                }
            });
            threads.add(thread);
            thread.start();
        }
        start.countDown();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(queued).hasSize(2_000).extracting(EventRecord::id).isSorted();
    }
}
