package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.event.EventRecord;
import io.halcyon.notify.smtp.Receiver;
import io.halcyon.notify.smtp.SmtpNotifierFactory;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.RejectException;

/** Queue and mail together, against a real server that goes away and comes back; only the delays are shortened. */
@Timeout(60)
class MailThroughAnOutageTest {

    private static final Pace PACE = new Pace(5_000, 500, 2_000);

    @TempDir
    Path directory;

    private final Recent events = new Recent(0);
    private final ScheduledThreadPoolExecutor alarms = Threads.timer(() -> "alarms");
    private Receiver server;
    private Courier courier;

    @BeforeEach
    void start() throws Refusal {
        server = new Receiver(0, Receiver.plain());
        var text = ConfigText.of(
                "ops",
                "io.halcyon.notify-ops.cfg",
                Map.of(
                        "type", "smtp",
                        "retry.first", "0.01",
                        "retry.max", "0.1",
                        "delivery.timeout", "10",
                        "notification.email", "ops@example.org",
                        "notification.email.from", "halcyon@example.org",
                        "smtp.port", String.valueOf(server.port())));
        courier = new Courier(
                "ops",
                NotifierSettings.of(text),
                new Office(PACE, alarms, events, new MaintenanceWatch(directory), directory));
        courier.plug(InstalledType.of(new SmtpNotifierFactory()).make(text));
    }

    @AfterEach
    void stop() {
        courier.leave(System.nanoTime());
        server.close();
        alarms.shutdownNow();
    }

    @Test
    void aServerThatIsDownForAWhileLosesNothingAndGetsNothingTwice() throws Exception {
        offer(1, 5);
        assertArrived(server.subjects, 1, 5);
        awaitAcknowledged();
        int port = server.port();
        server.close();
        offer(6, 30);
        awaitFailures(5);

        server = new Receiver(port, Receiver.plain());

        assertArrived(server.subjects, 6, 30);
        offer(31, 31);
        assertArrived(server.subjects, 31, 31);
        assertThat(server.subjects).isEmpty();
        assertThat(courier.status().lost()).isZero();
    }

    @Test
    void greylistingDelaysAndKeepsTheOrder() throws Exception {
        var refusals = new AtomicInteger();
        server.recipients = address -> {
            if (refusals.incrementAndGet() <= 3) {
                throw new RejectException(451, "4.7.1 come back later");
            }
        };

        offer(1, 10);

        assertArrived(server.subjects, 1, 10);
        assertThat(server.subjects).isEmpty();
        assertThat(courier.status().failed()).isEqualTo(3);
        assertThat(courier.status().lastError()).contains("451").contains("come back later");
    }

    @Test
    void whatIsRefusedForGoodDoesNotHoldUpTheRest() throws Exception {
        var mails = new AtomicInteger();
        server.recipients = address -> {
            if (mails.incrementAndGet() == 2) {
                throw new RejectException(550, "5.7.1 not this one");
            }
        };

        offer(1, 3);

        assertArrived(server.subjects, 1, 1);
        assertArrived(server.subjects, 3, 3);
        assertThat(courier.status().lost()).isZero();
        assertThat(courier.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.reason())
                .contains("not this one"));
    }

    private void offer(long first, long last) {
        LongStream.rangeClosed(first, last)
                .forEach(id -> offer(new EventRecord(
                        id,
                        Instant.EPOCH.plusSeconds(id),
                        id,
                        "lb1",
                        List.of(),
                        new Event.RouterTransition(
                                "VI_" + id,
                                io.halcyon.api.vrrp.RouterState.BACKUP,
                                io.halcyon.api.vrrp.RouterState.MASTER,
                                "test",
                                100,
                                List.of(),
                                false,
                                false))));
    }

    private void offer(EventRecord event) {
        events.add(event);
        courier.offer(event);
    }

    private static void assertArrived(BlockingQueue<String> subjects, long first, long last)
            throws InterruptedException {
        for (long id = first; id <= last; id++) {
            assertThat(subjects.poll(20, TimeUnit.SECONDS))
                    .isEqualTo("[lb1] VRRP Instance VI_" + id + " - Entering MASTER state");
        }
    }

    /** A mail that arrived is not delivered before its sender knows; a trial comes back after the attempt before it. */
    private void awaitAcknowledged() throws InterruptedException {
        assertThat(courier.trial(new EventRecord(
                        98, Instant.EPOCH, 98, "lb1", List.of(), new Event.Trial("ops", "are we through?"))))
                .isEmpty();
        assertThat(server.subjects.poll(20, TimeUnit.SECONDS)).contains("[lb1]");
    }

    /** A trial comes back after the attempt before it, so each turn waits for something. */
    private void awaitFailures(int count) throws InterruptedException {
        while (courier.status().failed() < count) {
            assertThat(courier.trial(new EventRecord(
                            99, Instant.EPOCH, 99, "lb1", List.of(), new Event.Trial("ops", "is anybody there?"))))
                    .isNotEmpty();
        }
    }

    /** The kinds of events that the tests use must be asked for by default. */
    @Test
    void transitionsAreToldOfByDefault() {
        assertThat(courier.settings().kinds()).isEqualTo(Set.of(EventKind.TRANSITION));
    }
}
