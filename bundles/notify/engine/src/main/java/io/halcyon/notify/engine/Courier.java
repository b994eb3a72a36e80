package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.spi.notify.Notifier;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Pace pace;
    private final ScheduledExecutorService alarms;
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
    private volatile @Nullable TimeLimit limit;
    private volatile long retryAtNanos;

    // Owned by the thread.
    private final Backoff backoff;
    private @Nullable Future<?> retry;
    private int failuresInARow;

    Courier(String name, NotifierSettings settings, Pace pace, ScheduledExecutorService alarms) {
        this.name = name;
        this.settings = settings;
        this.pace = pace;
        this.alarms = alarms;
        this.backoff = new Backoff(pace, new SplittableRandom());
        thread = Threads.timer(() -> "notify-" + this.name);
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
        if (!settings.kinds().contains(EventKind.of(event.event()))) {
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
        if (ended(closed)) {
            return;
        }
        var hanging = limit;
        if (hanging != null) {
            hanging.expire();
        }
        if (!ended(closed)) {
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
        int queued = outbox.size() + (current == null ? 0 : 1);
        return new NotifierStatus(
                name,
                settings.type(),
                state(),
                queued,
                figures.delivered(),
                figures.failed(),
                figures.lost(),
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
            if (!emptied.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.debug("{}: time is up", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var hanging = limit;
        if (hanging != null) {
            hanging.expire();
        }
        unplug("gone");
        thread.shutdownNow();
        int dropped = outbox.size() + (current == null ? 0 : 1);
        if (dropped > 0) {
            LOG.warn("{}: {} events were not delivered and are dropped", name, dropped);
        }
    }

    private String state() {
        if (notifier == null) {
            return whyIdle;
        }
        if (limit != null) {
            return "delivering";
        }
        long untilRetryNanos = retryAtNanos - System.nanoTime();
        if (retryAtNanos != 0 && current != null) {
            return "retrying in " + Math.max(0, Math.round(untilRetryNanos / 1e9)) + " s";
        }
        return "idle";
    }

    private void nudge() {
        if (notifier != null && woken.compareAndSet(false, true)) {
            thread.execute(this::next);
        }
    }

    private void next() {
        woken.set(false);
        var deliverer = notifier;
        if (deliverer == null || retry != null) {
            return;
        }
        if (current == null) {
            current = outbox.take();
        }
        var event = current;
        if (event != null) {
            settle(event, attempt(deliverer, event), deliverer);
        } else if (leaving) {
            emptied.countDown();
        }
    }

    private Attempt attempt(Notifier deliverer, EventRecord event) {
        var time = new TimeLimit(alarms, pace.deliveryMillis());
        limit = time;
        try {
            return Attempt.deliver(deliverer, event);
        } finally {
            time.lift();
            limit = null;
        }
    }

    private void settle(EventRecord event, Attempt attempt, Notifier deliverer) {
        boolean delivered = attempt.outcome() == Attempt.Outcome.DELIVERED;
        if (delivered) {
            tally.delivered();
            recovered();
            current = null;
            nudge();
        } else if (notifier != deliverer) {
            // Its bundle or its configuration went while it delivered: the next one gets the event.
            tally.failed(attempt.reason());
        } else if (attempt.outcome() == Attempt.Outcome.REFUSED) {
            tally.failed(attempt.reason());
            tally.lost(1, attempt.reason());
            LOG.warn("{}: event {} is lost: {}", name, event.id(), attempt.reason());
            backoff.reset();
            current = null;
            nudge();
        } else {
            tally.failed(attempt.reason());
            retryLater(event, attempt.reason());
        }
    }

    private void recovered() {
        if (failuresInARow > 0) {
            LOG.info("{}: delivers again after {} failed attempts, {} wait", name, failuresInARow, outbox.size());
        }
        failuresInARow = 0;
        backoff.reset();
    }

    private void retryLater(EventRecord event, String why) {
        long delayMillis = backoff.nextMillis();
        if (failuresInARow++ == 0) {
            LOG.warn("{}: event {} was not delivered, trying again until it is: {}", name, event.id(), why);
        } else {
            LOG.debug("{}: event {}, attempt {}: {}", name, event.id(), failuresInARow, why);
        }
        retryAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
        retry = thread.schedule(this::retryNow, delayMillis, TimeUnit.MILLISECONDS);
    }

    private void retryNow() {
        var waiting = retry;
        if (waiting != null) {
            waiting.cancel(false);
            retry = null;
            retryAtNanos = 0;
        }
        next();
    }

    private String tryOut(Notifier deliverer, EventRecord event) {
        var attempt = attempt(deliverer, event);
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

    private boolean ended(Future<?> work) {
        try {
            work.get(pace.leaveMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
