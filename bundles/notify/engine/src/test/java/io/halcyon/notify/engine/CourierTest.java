package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.FakeNotifier.next;
import static io.halcyon.notify.engine.Happenings.transition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CourierTest {

    private static final Map<String, String> QUICK =
            Map.of("retry.first", "0.01", "retry.max", "0.02", "delivery.timeout", "10");

    /** Nothing is tried again within a test. */
    private static final Map<String, String> SLOW =
            Map.of("retry.first", "600", "retry.max", "600", "delivery.timeout", "10");

    private static final Pace PACE = new Pace(5_000, 500, 2_000);

    @TempDir
    Path directory;

    private final ScheduledThreadPoolExecutor alarms = Threads.timer(() -> "alarms");
    private final Map<Courier, Recent> couriers = new HashMap<>();

    @AfterEach
    void close() {
        couriers.keySet().forEach(courier -> courier.leave(System.nanoTime()));
        alarms.shutdownNow();
    }

    @Test
    void eventsArriveInTheirOrder() throws Exception {
        var notifier = new FakeNotifier(FakeNotifier.TAKES);
        var courier = courier(QUICK);
        courier.plug(notifier);

        offer(courier, 1, 500);

        for (long id = 1; id <= 500; id++) {
            assertThat(next(notifier.arrived)).isEqualTo(id);
        }
    }

    @Test
    void anOutageLosesNothingDoublesNothingAndKeepsTheOrder() throws Exception {
        var notifier = new FakeNotifier(FakeNotifier.IS_DOWN);
        var courier = courier(QUICK);
        courier.plug(notifier);
        offer(courier, 1, 20);
        for (int i = 0; i < 5; i++) {
            assertThat(next(notifier.attempts)).isEqualTo(1);
        }

        notifier.behaviour = FakeNotifier.TAKES;

        for (long id = 1; id <= 20; id++) {
            assertThat(next(notifier.arrived)).isEqualTo(id);
        }
        courier.unplug("over");
        assertThat(notifier.arrived).isEmpty();
        assertThat(courier.status().delivered()).isEqualTo(20);
        assertThat(courier.status().failed()).isGreaterThanOrEqualTo(5);
        assertThat(courier.status().lost()).isZero();
        assertThat(courier.status().lastError()).isEqualTo("connection refused");
    }

    @Test
    void whatIsRefusedForGoodIsADeadLetterAndTheNextOneFollows() throws Exception {
        var notifier = new FakeNotifier(FakeNotifier.REFUSES);
        var courier = courier(SLOW);
        courier.plug(notifier);
        offer(courier, transition(1));
        assertThat(next(notifier.attempts)).isEqualTo(1);

        notifier.behaviour = FakeNotifier.TAKES;
        offer(courier, transition(2));

        assertThat(next(notifier.arrived)).isEqualTo(2);
        assertThat(courier.status().lost()).isZero();
        assertThat(courier.status().dead()).isEqualTo(1);
        assertThat(courier.status().lastError()).isEqualTo("550 go away");
        assertThat(courier.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.event()).isEqualTo(transition(1));
            assertThat(letter.attempts()).isEqualTo(1);
            assertThat(letter.reason()).isEqualTo("550 go away");
        });
    }

    @Test
    void aBrokenPluginGivesItsEventUpAndGoesOn() throws Exception {
        var notifier = new FakeNotifier(event -> {
            if (event.id() == 1) {
                throw new IllegalStateException("bug");
            }
        });
        var courier = courier(SLOW);
        courier.plug(notifier);

        offer(courier, 1, 2);

        assertThat(next(notifier.arrived)).isEqualTo(2);
        assertThat(courier.status().dead()).isEqualTo(1);
        assertThat(courier.status().lastError()).contains("bug");
    }

    @Test
    void aNotifierThatHangsIsInterruptedAndDisturbsNobody() throws Exception {
        var hanging = new FakeNotifier(FakeNotifier.HANGS);
        var healthy = new FakeNotifier(FakeNotifier.TAKES);
        var stuck = courier(Map.of("retry.first", "0.01", "retry.max", "0.01", "delivery.timeout", "1.5"));
        var other = courier(QUICK);
        stuck.plug(hanging);
        other.plug(healthy);

        offer(stuck, 1, 1);
        assertThat(next(hanging.attempts)).isEqualTo(1);
        offer(other, 1, 3);

        assertThat(next(healthy.arrived)).isEqualTo(1);
        assertThat(stuck.status().state()).isEqualTo("delivering");
        assertThat(next(hanging.attempts)).isEqualTo(1);
        hanging.behaviour = FakeNotifier.TAKES;
        assertThat(next(hanging.arrived)).isEqualTo(1);
        assertThat(stuck.status().lastError()).contains("interrupted");
    }

    @Test
    void anInterruptDoesNotReachTheNextDelivery() throws Exception {
        var first = new CountDownLatch(1);
        var notifier = new FakeNotifier(event -> {
            if (event.id() == 1) {
                // Arrives although its time is up, and leaves the interrupt standing.
                try {
                    first.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            } else if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
        });
        var courier = courier(Map.of("retry.first", "600", "retry.max", "600", "delivery.timeout", "0.1"));
        courier.plug(notifier);

        offer(courier, 1, 2);

        assertThat(next(notifier.arrived)).isEqualTo(1);
        assertThat(next(notifier.arrived)).isEqualTo(2);
    }

    @Test
    void theQueueOutlivesTheNotifier() throws Exception {
        var old = new FakeNotifier(FakeNotifier.IS_DOWN);
        var courier = courier(SLOW);
        courier.plug(old);
        offer(courier, 1, 3);
        assertThat(next(old.attempts)).isEqualTo(1);

        courier.unplug("waiting for type smtp");
        assertThat(old.closed.getCount()).isZero();
        assertThat(courier.status().state()).isEqualTo("waiting for type smtp");
        assertThat(courier.status().queued()).isEqualTo(3);
        offer(courier, 4, 4);
        var fresh = new FakeNotifier(FakeNotifier.TAKES);
        courier.plug(fresh);

        for (long id = 1; id <= 4; id++) {
            assertThat(next(fresh.arrived)).isEqualTo(id);
        }
    }

    @Test
    void aDeliveryInProgressGoesToTheNextNotifierIfItsOwnIsTakenAway() throws Exception {
        var old = new FakeNotifier(FakeNotifier.HANGS);
        var courier = courier(QUICK);
        courier.plug(old);
        offer(courier, 1, 1);
        assertThat(next(old.attempts)).isEqualTo(1);

        var fresh = new FakeNotifier(FakeNotifier.TAKES);
        courier.plug(fresh);

        assertThat(next(fresh.arrived)).isEqualTo(1);
        assertThat(old.arrived).isEmpty();
        assertThat(old.closed.await(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onlyTheKindsAskedForAreQueued() throws Exception {
        var notifier = new FakeNotifier(FakeNotifier.TAKES);
        var courier = courier(QUICK);
        courier.plug(notifier);

        offer(courier, Happenings.record(1, new Event.VerdictChange("chk", Health.UP, Health.DOWN, "gone")));
        offer(courier, transition(2));

        assertThat(next(notifier.arrived)).isEqualTo(2);
    }

    @Test
    void aTrialGoesPastTheQueueAndItsSuccessEndsTheWaiting() throws Exception {
        var notifier = new FakeNotifier(FakeNotifier.IS_DOWN);
        var courier = courier(SLOW);
        courier.plug(notifier);
        offer(courier, 1, 2);
        assertThat(next(notifier.attempts)).isEqualTo(1);
        assertThat(courier.trial(trial(3))).isEqualTo("connection refused");

        notifier.behaviour = FakeNotifier.TAKES;

        assertThat(courier.trial(trial(4))).isEmpty();
        assertThat(next(notifier.arrived)).isEqualTo(4);
        assertThat(next(notifier.arrived)).isEqualTo(1);
        assertThat(next(notifier.arrived)).isEqualTo(2);
    }

    @Test
    void aTrialWithoutANotifierIsRefused() {
        var courier = courier(QUICK);
        courier.unplug("waiting for type smtp");

        assertThatThrownBy(() -> courier.trial(trial(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("waiting for type smtp");
    }

    @Test
    void aTrialDoesNotWaitForEverBehindAHangingDelivery() throws Exception {
        var notifier = new FakeNotifier(FakeNotifier.HANGS);
        var courier = courier("ops", QUICK, new Pace(300, 200, 200));
        courier.plug(notifier);
        offer(courier, 1, 1);
        assertThat(next(notifier.attempts)).isEqualTo(1);

        assertThat(courier.trial(trial(2))).startsWith("no answer within");
    }

    @Test
    void aTrialWaitsForATurnAndNotForAllThatWaits() throws Exception {
        var notifier = new FakeNotifier(event -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2)));
        var courier = courier(QUICK);
        courier.plug(notifier);
        offer(courier, 1, 500);

        assertThat(courier.trial(trial(501))).isEmpty();

        assertThat(notifier.arrived).contains(501L).doesNotContain(500L);
    }

    @Test
    void theStateTellsWhenTheNextAttemptIs() throws Exception {
        var notifier = new FakeNotifier(FakeNotifier.IS_DOWN);
        var courier = courier(SLOW);
        courier.plug(notifier);
        assertThat(courier.status().state()).isEqualTo("idle");
        offer(courier, 1, 1);
        assertThat(next(notifier.attempts)).isEqualTo(1);

        // The trial runs behind the failed delivery, so the delay is set by then.
        assertThat(courier.trial(trial(2))).isNotEmpty();

        assertThat(courier.status().state()).matches("retrying in [4567]\\d\\d s");
    }

    @Test
    void aPlannedStopDeliversWhatWaits() throws Exception {
        var notifier = new FakeNotifier(FakeNotifier.IS_DOWN);
        var courier = courier(SLOW);
        courier.plug(notifier);
        offer(courier, 1, 50);
        assertThat(next(notifier.attempts)).isEqualTo(1);
        notifier.behaviour = FakeNotifier.TAKES;

        courier.hurry();
        courier.leave(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));

        assertThat(notifier.arrived)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
        assertThat(notifier.closed.getCount()).isZero();
    }

    @Test
    void aPlannedStopDoesNotWaitForOneThatHangs() throws Exception {
        var notifier = new FakeNotifier(FakeNotifier.HANGS);
        var courier = courier(QUICK);
        courier.plug(notifier);
        offer(courier, 1, 2);
        assertThat(next(notifier.attempts)).isEqualTo(1);
        long begin = System.nanoTime();

        courier.hurry();
        courier.leave(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300));

        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(2));
        notifier.worker.join(5_000);
        assertThat(notifier.worker.isAlive()).isFalse();
        assertThat(notifier.arrived).isEmpty();
    }

    @Test
    void aPlannedStopDoesNotWaitWhereNothingCanBeDelivered() {
        var courier = courier(QUICK);
        courier.unplug("waiting for type smtp");
        offer(courier, 1, 2);
        long begin = System.nanoTime();

        courier.hurry();
        courier.leave(System.nanoTime() + TimeUnit.SECONDS.toNanos(20));

        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void deliveriesRunOnADaemonThreadNamedAfterTheNotifier() throws Exception {
        var seen = new CompletableFuture<Thread>();
        var courier = courier(QUICK);
        courier.plug(new FakeNotifier(event -> seen.complete(Thread.currentThread())));

        offer(courier, 1, 1);

        var thread = seen.get(10, TimeUnit.SECONDS);
        assertThat(thread.getName()).isEqualTo("notify-ops0");
        assertThat(thread.isDaemon()).isTrue();
    }

    private static EventRecord trial(long id) {
        return Happenings.record(id, new Event.Trial("ops", "asked for"));
    }

    private void offer(Courier courier, long first, long last) {
        LongStream.rangeClosed(first, last).forEach(id -> offer(courier, transition(id)));
    }

    private void offer(Courier courier, EventRecord event) {
        couriers.get(courier).add(event);
        courier.offer(event);
    }

    private Courier courier(Map<String, String> keys) {
        return courier("ops" + couriers.size(), keys, PACE);
    }

    private Courier courier(String name, Map<String, String> keys, Pace pace) {
        var events = new Recent(0);
        var watch = new MaintenanceWatch(directory);
        var courier = new Courier(name, Settings.of(name, keys), new Office(pace, alarms, events, watch, directory));
        couriers.put(courier, events);
        return courier;
    }
}
