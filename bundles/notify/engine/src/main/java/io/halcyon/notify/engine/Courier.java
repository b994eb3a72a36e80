package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.DeadLetter;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.QueuedEvent;
import io.halcyon.spi.notify.Notifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events to one notifier: in order, one at a time, again and again until each arrived.
 *
 * <p>Methods are thread-safe. Deliveries, retries, trials and closing are one after the other, on thread {@code notify-NAME},
 * which ends when it has been idle, or on one of those that notifiers without a file share. What waits outlives the notifier:
 * without one, events stay where they are.
 */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    private final Pace pace;
    private final Delivery delivery;
    private final Lane lane;
    private final Agenda agenda;
    private final Rounds rounds;
    private final Tally tally = new Tally();
    private final CountDownLatch emptied = new CountDownLatch(1);

    private volatile String whyIdle = "";

    /** With a thread of its own. */
    Courier(String name, NotifierSettings settings, Office office) {
        this(name, settings, office, null);
    }

    /** @param shared where its work is done, null for a thread of its own */
    Courier(String name, NotifierSettings settings, Office office, @Nullable Lane shared) {
        pace = office.pace();
        delivery = new Delivery(office.alarms());
        lane = shared == null ? new OwnLane(this::threadName) : shared;
        agenda = new Agenda(name, settings, office);
        rounds = new Rounds(lane, name, settings, agenda, delivery, tally, emptied::countDown);
        rounds.lost(agenda.unknownLost());
        lane.execute(agenda.backlog()::recount);
    }

    private String threadName() {
        return "notify-" + rounds.name();
    }

    String name() {
        return rounds.name();
    }

    NotifierSettings settings() {
        return rounds.settings();
    }

    /** Its configuration has changed; whoever calls this plugs a new notifier in. */
    void configure(NotifierSettings newSettings) {
        rounds.configure(newSettings);
        agenda.backlog().configure(newSettings);
        lane.execute(agenda.backlog()::recount);
    }

    /** Its file has another name now. */
    void rename(String newName) {
        rounds.rename(newName);
        agenda.rename(newName);
    }

    /** An event happened. Returns at once. */
    void offer(EventRecord event) {
        if (count(event)) {
            wake();
        }
    }

    /** An event happened; if this is wanted, {@link #wake} has to follow. */
    boolean count(EventRecord event) {
        return agenda.backlog().count(event);
    }

    /** Up to this event it was offered all that it may want: it has got past them if it waits for none. Returns at once. */
    void pass(long id) {
        // Without a notifier, everything waits: the next one may have another filter.
        if (rounds.notifier() != null) {
            agenda.backlog().pass(id);
        }
    }

    /** Whether it has not got past that event; what it has got past is written where the journal may forget it. */
    boolean isBefore(long id) {
        return agenda.isBefore(id);
    }

    /** There may be something to tell. Returns at once, but may have to start a thread. */
    void wake() {
        rounds.nudge();
    }

    /** These events can no longer be had. Returns at once. */
    void lose(List<EventRecord> gone) {
        rounds.lost(agenda.backlog().lose(gone));
    }

    /** Delivers through this notifier from now on, at once if something waits. */
    void plug(Notifier next) {
        unplug("");
        rounds.through(next);
    }

    /** Lets go of the notifier and closes it, after a delivery in progress or in spite of it; what waits stays. */
    void unplug(String why) {
        whyIdle = why;
        var old = rounds.notifier();
        rounds.through(null);
        if (old == null) {
            return;
        }
        var closed = lane.next(() -> close(old));
        if (Threads.ended(closed, pace.leaveMillis())) {
            return;
        }
        delivery.interrupt();
        if (!Threads.ended(closed, pace.leaveMillis())) {
            LOG.warn("{}: the notifier hangs, going on without waiting for it", name());
        }
    }

    /** Its type does not take its configuration; the queue waits for a better one. */
    void refused(String why) {
        unplug("refused");
        tally.error(why);
    }

    /**
     * Delivers an event past the queue and waits for the outcome.
     *
     * @return empty when it was delivered, otherwise what went wrong
     * @throws IllegalArgumentException if there is no notifier to deliver it
     */
    String trial(EventRecord event) throws InterruptedException {
        var deliverer = rounds.notifier();
        if (deliverer == null) {
            throw new IllegalArgumentException(name() + " is " + whyIdle);
        }
        var answer = lane.submit(() -> tryOut(deliverer, event));
        try {
            return answer.get(pace.trialMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            return "no answer within " + pace.trialMillis() / 1_000 + " s";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    NotifierStatus status() {
        var figures = tally.figures();
        return new NotifierStatus(
                name(),
                settings().type(),
                rounds.notifier() == null ? whyIdle : rounds.state(),
                agenda.waiting(),
                figures.delivered(),
                figures.failed(),
                figures.lost(),
                agenda.dead(),
                agenda.oldest(),
                figures.lastDelivery(),
                figures.lastError());
    }

    /** What waits, oldest first. */
    List<QueuedEvent> queue(int limit) {
        var queue = new ArrayList<>(agenda.queue(limit));
        int attempts = rounds.failures();
        if (!queue.isEmpty() && attempts > 0) {
            var error = tally.figures().lastError();
            queue.set(0, new QueuedEvent(queue.get(0).event(), attempts, error));
        }
        return queue;
    }

    /** What it gave up, by id. */
    List<DeadLetter> deadLetters() {
        return agenda.deadLetters();
    }

    /** Tries again at once, with dead letters that go back to the queue; tells how many. */
    int retry(List<Long> ids) {
        int letters = agenda.retry(ids);
        rounds.tryNow();
        return letters;
    }

    /** Removes dead letters for good; tells how many. */
    int forget(List<Long> ids) {
        return agenda.forget(ids);
    }

    /** Tries everything that waits once more, at once; {@link #leave} follows. */
    void hurry() {
        if (rounds.notifier() == null) {
            emptied.countDown();
        }
        rounds.hurry();
    }

    /** Goes on delivering until then, at the longest. */
    void awaitEmpty(long deadlineNanos) {
        try {
            boolean all = emptied.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            LOG.debug("{}: {}", name(), all ? "nothing waits" : "time is up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a delivery in progress. */
    void interrupt() {
        delivery.interrupt();
    }

    /** Goes on delivering until then, and ends; what still waits stays where it is. */
    void leave(long deadlineNanos) {
        awaitEmpty(deadlineNanos);
        end();
        agenda.close();
        int waiting = agenda.waiting();
        if (waiting > 0) {
            LOG.info("{}: {} events wait for the next start", name(), waiting);
        }
    }

    /** Ends for good: what waits and what was given up is gone. */
    void vanish() {
        end();
        int dropped = agenda.waiting();
        if (dropped > 0) {
            LOG.warn("{}: {} events were not delivered and are dropped", name(), dropped);
        }
        agenda.delete();
    }

    private void end() {
        delivery.interrupt();
        unplug("gone");
        lane.end();
    }

    private String tryOut(Notifier deliverer, EventRecord event) {
        var attempt = delivery.attempt(deliverer, event, settings().patience().attemptMillis());
        if (attempt.outcome() == Attempt.Outcome.DELIVERED) {
            tally.delivered();
            // Somebody answers again: what waits need not wait longer.
            rounds.tryNow();
        } else {
            tally.failed(attempt.reason());
        }
        return attempt.reason();
    }

    private void close(Notifier old) {
        try {
            old.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: the notifier did not close: {}", name(), e.toString());
        }
    }
}
