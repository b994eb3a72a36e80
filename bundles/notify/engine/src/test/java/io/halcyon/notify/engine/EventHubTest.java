package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.EventRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventHubTest {

    private final List<EventRecord> queued = new ArrayList<>();
    private final List<EventRecord> seen = new ArrayList<>();
    private final EventHub hub = new EventHub(() -> "lb1", queued::add, seen::add);

    @Test
    void anEventGetsItsNumberItsNodeAndItsCauses() {
        long first = hub.publish(Happenings.transition("a"), List.of());
        long second = hub.publish(Happenings.transition("b"), List.of(first));

        assertThat(second).isEqualTo(first + 1);
        assertThat(hub.last(10)).isEqualTo(queued).isEqualTo(seen).last().satisfies(record -> {
            assertThat(record.node()).isEqualTo("lb1");
            assertThat(record.causes()).containsExactly(first);
            assertThat(record.event().text()).isEqualTo("BACKUP -> MASTER, b");
        });
    }

    @Test
    void theLastThousandAreKept() {
        for (int i = 1; i <= EventHub.KEPT + 7; i++) {
            hub.publish(Happenings.transition("no. " + i), List.of());
        }

        assertThat(hub.last(5_000))
                .hasSize(EventHub.KEPT)
                .first()
                .extracting(EventRecord::id)
                .isEqualTo(8L);
        assertThat(hub.last(2)).extracting(EventRecord::id).containsExactly(1_006L, 1_007L);
        assertThat(hub.last(0)).isEmpty();
        assertThat(hub.last(-1)).isEmpty();
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
    void whoeverIsTooSlowSeesFromTheNumberWhatIsForgotten() throws Exception {
        for (int i = 1; i <= EventHub.KEPT + 7; i++) {
            hub.publish(Happenings.transition("no. " + i), List.of());
        }

        assertThat(hub.after(3, 2, Duration.ZERO)).extracting(EventRecord::id).containsExactly(8L, 9L);
        assertThat(hub.after(1_005, 10, Duration.ZERO))
                .extracting(EventRecord::id)
                .containsExactly(1_006L, 1_007L);
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
                event -> {
                    throw new IllegalStateException("queue");
                },
                event -> {
                    throw new IllegalStateException("bystander");
                });

        assertThat(broken.publish(Happenings.transition("a"), List.of())).isEqualTo(1);
        assertThat(broken.last(1)).hasSize(1);
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
