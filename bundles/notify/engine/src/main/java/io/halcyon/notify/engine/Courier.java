package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.spi.notify.Notifier;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events to one notifier: in order, one at a time, again and again until each arrived.
 *
 * <p>Methods are thread-safe. Deliveries, retries, trials and closing run on one thread, {@code notify-NAME}, which owns the
 * fields marked so and ends when it has been idle. The queue outlives the notifier: without one, events wait.
 */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    private final Pace pace;
    private final Delivery delivery;
    private final ScheduledThreadPoolExecutor thread;
    private final Outbox outbox = new Outbox();
    private final Tally tally = new Tally();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final CountDownLatch emptied = new CountDownLatch(1);

    private volatile String name;
    private volatile NotifierSettings settings;
    private volatile @Nullable Notifier notifier;
    private volatile String whyIdle = "";
    private volatile boolean leaving;

    // Owned by the thread, read by others.
    private volatile @Nullable EventRecord current;

    // Owned by the thread.
    private final Retries retries;

    Courier(String name, NotifierSettings settings, Pace pace, ScheduledExecutorService alarms) {
        this.name = name;
        this.settings = settings;
        this.pace = pace;
        delivery = new Delivery(alarms, pace.deliveryMillis());
        thread = Threads.timer(() -> "notify-" + this.name);
        retries = new Retries(thread, pace);
    }

    String name() {
        return name;
    }

    NotifierSettings settings() {
        return settings;
    }

    /** Its configuration has changed; whoever calls this plugs a new notifier in. */
    void configure(String newName, NotifierSettings newSettings) {
        name = newName;
        settings = newSettings;
    }

    /** Queues an event if it is of a kind asked for. Returns at once. */
    void offer(EventRecord event) {
        if (!settings.kinds().contains(event.event().kind())) {
            return;
        }
        if (outbox.add(event)) {
            long lost = tally.lost(1, "the queue is full, the oldest event was dropped");
            if (lost % 1_000 == 1) {
                LOG.warn("{}: {} events wait and no more fit, {} lost so far", name, Outbox.CAPACITY, lost);
            }
        }
        nudge();
    }

    /** Delivers through this notifier from now on, at once if something waits. */
    void plug(Notifier next) {
        unplug("");
        notifier = next;
        thread.execute(this::retryNow);
    }

    /** Lets go of the notifier and closes it, after a delivery in progress or in spite of it; the queue stays. */
    void unplug(String why) {
        whyIdle = why;
        var old = notifier;
        notifier = null;
        if (old == null) {
            return;
        }
        var closed = thread.submit(() -> close(old));
        if (Threads.ended(closed, pace.leaveMillis())) {
            return;
        }
        delivery.interrupt();
        if (!Threads.ended(closed, pace.leaveMillis())) {
            LOG.warn("{}: the notifier hangs, going on without waiting for it", name);
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
        var deliverer = notifier;
        if (deliverer == null) {
            throw new IllegalArgumentException(name + " is " + whyIdle);
        }
        var answer = thread.submit(() -> tryOut(deliverer, event));
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
                name,
                settings.type(),
                state(),
                waiting(),
                figures.delivered(),
                figures.failed(),
                figures.lost(),
                0,
                null,
                figures.lastDelivery(),
                figures.lastError());
    }

    /** Tries everything that waits once more, at once; {@link #leave} follows. */
    void hurry() {
        if (notifier == null) {
            emptied.countDown();
        }
        leaving = true;
        thread.execute(this::retryNow);
    }

    /** Goes on delivering until then, drops what still waits, and ends. */
    void leave(long deadlineNanos) {
        try {
            boolean all = emptied.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            LOG.debug("{}: {}", name, all ? "nothing waits" : "time is up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delivery.interrupt();
        unplug("gone");
        thread.shutdownNow();
        int dropped = waiting();
        if (dropped > 0) {
            LOG.warn("{}: {} events were not delivered and are dropped", name, dropped);
        }
    }

    private int waiting() {
        return outbox.size() + (current == null ? 0 : 1);
    }

    private String state() {
        if (notifier == null) {
            return whyIdle;
        }
        return delivery.inProgress() ? "delivering" : retries.state();
    }

    private void nudge() {
        if (notifier != null && woken.compareAndSet(false, true)) {
            thread.execute(this::next);
        }
    }

    private void next() {
        woken.set(false);
        var deliverer = notifier;
        if (deliverer == null || retries.pending()) {
            return;
        }
        if (current == null) {
            current = outbox.take();
        }
        var event = current;
        if (event != null) {
            settle(event, delivery.attempt(deliverer, event), deliverer);
        } else if (leaving) {
            emptied.countDown();
        }
    }

    private void settle(EventRecord event, Attempt attempt, Notifier deliverer) {
        if (attempt.outcome() == Attempt.Outcome.DELIVERED) {
            tally.delivered();
            through();
            return;
        }
        tally.failed(attempt.reason());
        if (notifier != deliverer) {
            // Its bundle or its configuration went while it delivered: the next one gets the event.
            return;
        }
        if (attempt.outcome() == Attempt.Outcome.REFUSED) {
            tally.lost(1, attempt.reason());
            LOG.warn("{}: event {} is lost: {}", name, event.id(), attempt.reason());
            through();
        } else if (retries.later(this::retryNow) == 1) {
            LOG.warn(
                    "{}: event {} was not delivered, trying again until it is: {}", name, event.id(), attempt.reason());
        } else {
            LOG.debug("{}: event {} was not delivered: {}", name, event.id(), attempt.reason());
        }
    }

    /** One event less. */
    private void through() {
        int failures = retries.done();
        if (failures > 0) {
            LOG.info("{}: goes on after {} failed attempts, {} wait", name, failures, outbox.size());
        }
        current = null;
        nudge();
    }

    private void retryNow() {
        retries.now();
        next();
    }

    private String tryOut(Notifier deliverer, EventRecord event) {
        var attempt = delivery.attempt(deliverer, event);
        if (attempt.outcome() == Attempt.Outcome.DELIVERED) {
            tally.delivered();
            // Somebody answers again: what waits need not wait longer.
            thread.execute(this::retryNow);
        } else {
            tally.failed(attempt.reason());
        }
        return attempt.reason();
    }

    private void close(Notifier old) {
        try {
            old.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: the notifier did not close: {}", name, e.toString());
        }
    }
}
