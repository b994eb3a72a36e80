package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.FakeNotifier.next;
import static io.halcyon.notify.engine.Happenings.record;
import static io.halcyon.notify.engine.Happenings.transition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.notify.DeliveryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the keys that every notifier has mean. */
@Timeout(30)
class CourierRulesTest {

    private static final Pace PACE = new Pace(5_000, 500, 2_000);

    @TempDir
    Path directory;

    private final ScheduledThreadPoolExecutor alarms = Threads.timer(() -> "alarms");
    private final Recent events = new Recent(0);
    private final BlockingQueue<EventRecord> delivered = new LinkedBlockingQueue<>();
    private final FakeNotifier notifier = new FakeNotifier(delivered::add);
    private MaintenanceWatch watch;
    private Courier courier;

    @AfterEach
    void close() {
        courier.leave(System.nanoTime());
        alarms.shutdownNow();
    }

    @Test
    void severityAndObjectsChoose() throws Exception {
        start(Map.of("events", "transition, verdict", "severity", "critical", "objects", "chk_*, !chk_dns"));

        offer(transition(1));
        offer(record(2, new Event.VerdictChange("chk_web", Health.DOWN, Health.UP, "fine")));
        offer(record(3, new Event.VerdictChange("chk_dns", Health.UP, Health.DOWN, "gone")));
        offer(record(4, new Event.VerdictChange("chk_web", Health.UP, Health.DOWN, "gone")));

        assertThat(next(notifier.arrived)).isEqualTo(4);
        courier.unplug("over");
        assertThat(courier.status().delivered()).isEqualTo(1);
    }

    @Test
    void whatIsTriedForTooLongIsADeadLetterAndTheNextOneGetsItsTurn() throws Exception {
        notifier.behaviour = FakeNotifier.IS_DOWN;
        start(Map.of("retry.first", "0.05", "retry.max", "0.05", "give.up", "0.3"));
        offer(transition(1));
        offer(transition(2));

        while (next(notifier.attempts) != 2) {
            // The first one's attempts.
        }

        assertThat(courier.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.event().id()).isEqualTo(1);
            assertThat(letter.attempts()).isBetween(2, 10);
            assertThat(letter.reason()).isEqualTo("connection refused");
            assertThat(letter.at()).isCloseTo(Instant.now(), within(20, ChronoUnit.SECONDS));
        });
        assertThat(courier.status().lost()).isZero();
    }

    @Test
    void theReceiversWishForALaterAttemptIsHeard() throws Exception {
        notifier.behaviour = event -> {
            throw new DeliveryException("429 slow down", null, Duration.ofMinutes(5));
        };
        start(Map.of("retry.first", "0.01"));
        offer(transition(1));
        assertThat(next(notifier.attempts)).isEqualTo(1);

        assertThat(courier.trial(record(9, new Event.Trial("ops", "x")))).isEqualTo("429 slow down");

        assertThat(courier.status().state()).matches("retrying in (29\\d|300) s");
    }

    @Test
    void nobodyMayAskForMoreThanAnHour() throws Exception {
        notifier.behaviour = event -> {
            throw new DeliveryException("429 slow down", null, Duration.ofDays(30));
        };
        start(Map.of("retry.first", "0.01"));
        offer(transition(1));
        assertThat(next(notifier.attempts)).isEqualTo(1);

        assertThat(courier.trial(record(9, new Event.Trial("ops", "x")))).isEqualTo("429 slow down");

        assertThat(courier.status().state()).matches("retrying in (359\\d|3600) s");
    }

    @Test
    void theQueueTellsWhatWaitsAndHowOftenTheFirstWasTried() throws Exception {
        notifier.behaviour = FakeNotifier.IS_DOWN;
        start(Map.of("retry.first", "600", "retry.max", "600"));
        offer(transition(1));
        offer(record(2, new Event.Stall("VI_1", 900, "not asked for")));
        offer(transition(3));
        assertThat(next(notifier.attempts)).isEqualTo(1);
        assertThat(courier.trial(record(9, new Event.Trial("ops", "x")))).isNotEmpty();

        assertThat(courier.queue(10)).hasSize(2).first().satisfies(first -> {
            assertThat(first.event()).isEqualTo(transition(1));
            assertThat(first.attempts()).isEqualTo(1);
            assertThat(first.lastError()).isEqualTo("connection refused");
        });
        assertThat(courier.queue(10).get(1).event()).isEqualTo(transition(3));
        assertThat(courier.queue(1)).hasSize(1);
        assertThat(courier.status().queued()).isEqualTo(2);
        assertThat(courier.status().oldest()).isEqualTo(transition(1).at());

        notifier.behaviour = delivered::add;
        assertThat(courier.retry(List.of())).isZero();

        assertThat(next(notifier.arrived)).isEqualTo(1);
        assertThat(next(notifier.arrived)).isEqualTo(3);
        assertThat(courier.trial(record(9, new Event.Trial("ops", "x")))).isEmpty();
        assertThat(courier.status().oldest()).isNull();
    }

    @Test
    void aStormIsToldOneByOneUpToTheLimitAndThenAsOneDigest() throws Exception {
        start(Map.of("rate.limit", "2", "rate.window", "3"));

        for (int id = 1; id <= 50; id++) {
            offer(transition(id));
        }

        assertThat(delivered()).isEqualTo(transition(1));
        assertThat(delivered()).isEqualTo(transition(2));
        assertThat(courier.trial(record(90, new Event.Trial("ops", "x")))).isEmpty();
        assertThat(delivered().id()).isEqualTo(90);
        assertThat(courier.status().state()).isEqualTo("collecting 48 events");
        assertThat(courier.status().queued()).isEqualTo(48);
        var digest = delivered();
        assertThat(digest.id()).isEqualTo(50);
        assertThat(digest.event()).isInstanceOfSatisfying(Event.Digest.class, event -> {
            assertThat(event.object()).isEqualTo("ops");
            assertThat(event.events()).hasSize(48).first().isEqualTo(transition(3));
        });
        offer(transition(51));
        assertThat(delivered()).isEqualTo(transition(51));
    }

    @Test
    void oneTooManyIsToldAsItIs() throws Exception {
        start(Map.of("rate.limit", "1", "rate.window", "0.3"));

        offer(transition(1));
        offer(transition(2));

        assertThat(delivered()).isEqualTo(transition(1));
        assertThat(delivered()).isEqualTo(transition(2));
    }

    @Test
    void aCrashWhileADigestIsCollectedLosesNoneOfIt() throws Exception {
        start(Map.of("rate.limit", "1", "rate.window", "600"));
        for (int id = 1; id <= 5; id++) {
            offer(transition(id));
        }
        assertThat(delivered()).isEqualTo(transition(1));
        assertThat(courier.trial(record(90, new Event.Trial("ops", "x")))).isEmpty();
        assertThat(delivered().id()).isEqualTo(90);
        courier.leave(System.nanoTime());

        start(Map.of());

        for (int id = 2; id <= 5; id++) {
            assertThat(delivered()).isEqualTo(transition(id));
        }
    }

    @Test
    void aPlannedStopTellsTheDigestAtOnce() throws Exception {
        start(Map.of("rate.limit", "1", "rate.window", "600"));
        for (int id = 1; id <= 5; id++) {
            offer(transition(id));
        }
        assertThat(delivered()).isEqualTo(transition(1));

        courier.hurry();
        courier.leave(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));

        assertThat(delivered().event()).isInstanceOfSatisfying(Event.Digest.class, event -> assertThat(event.events())
                .hasSize(4));
    }

    @Test
    void whatIsHeldByHandIsNotToldOfNorWhatItCaused() throws Exception {
        start(Map.of("events", "transition, verdict, maintenance"));

        maintenance();

        assertThat(next(notifier.arrived)).isEqualTo(1);
        assertThat(next(notifier.arrived)).isEqualTo(2);
        assertThat(next(notifier.arrived)).isEqualTo(6);
        assertThat(next(notifier.arrived)).isEqualTo(7);
        assertThat(next(notifier.arrived)).isEqualTo(8);
        courier.trial(record(90, new Event.Trial("ops", "x")));
        assertThat(courier.status().queued()).isZero();
    }

    /** It has not seen the event in between, since it wants none of that kind. */
    @Test
    void whatWasCausedByWhatNobodyLookedAtIsNotToldOfEither() throws Exception {
        start(Map.of("events", "transition"));
        offer(transition(1));
        assertThat(next(notifier.arrived)).isEqualTo(1);
        offer(record(2, new Event.Maintenance("chk", "forced DOWN", true, Severity.WARNING)));
        offer(record(3, new Event.VerdictChange("chk", Health.UP, Health.DOWN, "forced")));
        offer(caused(4, 3, new Event.PriorityChange("VI_1", 100, 80, RouterState.MASTER, "chk")));
        assertThat(courier.trial(record(90, new Event.Trial("ops", "x")))).isEmpty();
        assertThat(next(notifier.arrived)).isEqualTo(90);
        courier.pass(4);
        assertThat(courier.isBefore(4)).isFalse();

        offer(caused(5, 4, Happenings.transition("chk")));
        offer(transition(6));

        assertThat(next(notifier.arrived)).isEqualTo(6);
    }

    @Test
    void whoeverWantsToHearsAllOfIt() throws Exception {
        start(Map.of("events", "transition, verdict, maintenance", "maintenance", "tell"));

        maintenance();

        for (long id : new long[] {1, 2, 3, 5, 6, 7, 8}) {
            assertThat(next(notifier.arrived)).isEqualTo(id);
        }
    }

    /** 1 before, 2 hold, 3 to 5 from cause to effect, 6 of somebody else, 7 end, 8 after. */
    private void maintenance() {
        offer(record(1, new Event.VerdictChange("chk", Health.DOWN, Health.UP, "fine")));
        offer(record(2, new Event.Maintenance("chk", "forced DOWN", true, Severity.WARNING)));
        offer(record(3, new Event.VerdictChange("chk", Health.UP, Health.DOWN, "forced")));
        offer(caused(4, 3, new Event.PriorityChange("VI_1", 100, 80, RouterState.MASTER, "chk")));
        offer(caused(5, 4, Happenings.transition("chk")));
        offer(transition(6));
        offer(record(7, new Event.Maintenance("chk", "back to normal", false, Severity.INFO)));
        offer(record(8, new Event.VerdictChange("chk", Health.DOWN, Health.UP, "fine")));
    }

    private static EventRecord caused(long id, long by, Event event) {
        return new EventRecord(id, Instant.EPOCH.plusSeconds(id), id, "lb1", List.of(by), event);
    }

    private EventRecord delivered() throws InterruptedException {
        var event = delivered.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    private void offer(EventRecord event) {
        watch.watch(event);
        events.add(event);
        courier.offer(event);
    }

    private void start(Map<String, String> keys) {
        watch = new MaintenanceWatch(directory);
        courier = new Courier("ops", Settings.of("ops", keys), new Office(PACE, alarms, events, watch, directory));
        courier.plug(notifier);
    }
}
