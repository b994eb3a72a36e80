package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.Notifier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A courier's way from event to event: one at a time, again and again until each arrived or is given up.
 *
 * <p>Everything happens on the courier's lane; other threads nudge it and change what it goes by.
 */
final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);
    private static final long SAVE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOST_PER_LINE = 1_000;

    /** For so long it goes on before others have their turn. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Lane lane;
    private final Agenda agenda;
    private final Delivery delivery;
    private final Tally tally;
    private final Runnable emptied;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable turn = this::next;

    // What it goes by; anybody may change it.
    private volatile String name;
    private volatile NotifierSettings settings;
    private volatile @Nullable Notifier notifier;
    private volatile boolean hurried;

    // Owned by the lane.
    private final Retries retries;
    private @Nullable EventRecord current;
    private @Nullable Future<?> windowEnd;
    private @Nullable Future<?> save;

    /** @param emptied called when nothing waits any more after {@link #hurry} */
    Rounds(
            Lane lane,
            String name,
            NotifierSettings settings,
            Agenda agenda,
            Delivery delivery,
            Tally tally,
            Runnable emptied) {
        this.lane = lane;
        this.name = name;
        this.settings = settings;
        this.agenda = agenda;
        this.delivery = delivery;
        this.tally = tally;
        this.emptied = emptied;
        retries = new Retries(lane);
    }

    String name() {
        return name;
    }

    NotifierSettings settings() {
        return settings;
    }

    @Nullable
    Notifier notifier() {
        return notifier;
    }

    void rename(String newName) {
        name = newName;
    }

    void configure(NotifierSettings newSettings) {
        settings = newSettings;
    }

    /** Delivers through this one from now on, at once if something waits; null for none. */
    void through(@Nullable Notifier next) {
        notifier = next;
        if (next != null) {
            tryNow();
        }
    }

    /** There may be something to tell. Returns at once. */
    void nudge() {
        if (notifier != null && woken.compareAndSet(false, true)) {
            lane.execute(turn);
        }
    }

    /** What waits for its next attempt has it now. */
    void tryNow() {
        lane.execute(this::retryNow);
    }

    /** Waits for nothing any more: neither for a retry's time nor for a window's end. */
    void hurry() {
        hurried = true;
        tryNow();
    }

    /** Attempts in a row that failed. */
    int failures() {
        return retries.failures();
    }

    String state() {
        if (delivery.inProgress()) {
            return "delivering";
        }
        int collected = agenda.collected();
        return retries.waits() || collected == 0 ? retries.state() : "collecting " + collected + " events";
    }

    /** Counts events that nobody can be told of any more. */
    void lost(int events) {
        if (events > 0) {
            long all = tally.lost(events, "events could not be kept until they were delivered");
            if (all == events || all / LOST_PER_LINE != (all - events) / LOST_PER_LINE) {
                LOG.warn("{}: events could not be kept until they were delivered, {} lost so far", name, all);
            }
        }
    }

    private void next() {
        woken.set(false);
        try {
            tell();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: cannot go on before the next event: {}", name, e.toString());
        }
    }

    private void tell() {
        long end = System.nanoTime() + TURN_NANOS;
        try {
            boolean more;
            do {
                more = tellOne();
            } while (more && System.nanoTime() - end < 0);
            if (more) {
                nudge();
            }
        } finally {
            if (agenda.askUnsaved()) {
                saveSoon();
            }
        }
    }

    /** Whether the next one may follow. */
    private boolean tellOne() {
        var deliverer = notifier;
        if (deliverer == null || retries.pending()) {
            return false;
        }
        if (current == null) {
            current = agenda.next(name, settings, hurried);
        }
        var event = current;
        if (event != null) {
            return settle(
                    event,
                    delivery.attempt(deliverer, event, settings.patience().attemptMillis()),
                    deliverer);
        }
        if (hurried) {
            emptied.run();
        } else if (agenda.collected() > 0 && windowEnd == null) {
            windowEnd = lane.schedule(this::windowEnds, agenda.windowLeftNanos());
        }
        return false;
    }

    /** Whether the event is through. */
    private boolean settle(EventRecord event, Attempt attempt, Notifier deliverer) {
        if (attempt.outcome() == Attempt.Outcome.DELIVERED) {
            tally.delivered();
            agenda.delivered(event);
            done();
            return true;
        }
        tally.failed(attempt.reason());
        if (notifier != deliverer) {
            // Its bundle or its configuration went while it delivered: the next one gets the event.
            return false;
        }
        var patience = settings.patience();
        int failures = retries.failed();
        if (attempt.outcome() == Attempt.Outcome.REFUSED || retries.patienceIsOver(patience)) {
            LOG.warn("{}: event {} is given up: {}", name, event.id(), attempt.reason());
            lost(agenda.bury(event, failures, attempt.reason()));
            done();
            return true;
        }
        retries.later(patience, attempt.retryAfter(), this::retryNow);
        if (failures == 1) {
            LOG.warn(
                    "{}: event {} was not delivered, trying again until it is: {}", name, event.id(), attempt.reason());
        } else {
            LOG.debug("{}: event {} was not delivered: {}", name, event.id(), attempt.reason());
        }
        return false;
    }

    /** One event less. */
    private void done() {
        int failures = retries.done();
        if (failures > 0) {
            LOG.info("{}: goes on after {} failed attempts, {} wait", name, failures, agenda.waiting());
        }
        current = null;
    }

    private void retryNow() {
        retries.now();
        next();
    }

    private void windowEnds() {
        windowEnd = null;
        next();
    }

    private void saveSoon() {
        if (save == null) {
            save = lane.schedule(this::save, SAVE_NANOS);
        }
    }

    private void save() {
        save = null;
        agenda.save();
    }
}
