package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from memory to the journal, on a thread of its own, {@code notify-journal}: many in one piece when there are
 * many. Methods are thread-safe.
 */
final class JournalWriter {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);
    private static final int BATCH = 256;
    private static final long SYNC_MILLIS = 1_000;
    private static final long RETRY_MILLIS = 1_000;
    private static final long CLOSE_MILLIS = 5_000;

    /** A disk that has taken nothing for so long hangs. */
    private static final long PROGRESS_NANOS = 1_000_000_000;

    private final Recent recent;
    private final Journal journal;
    private final MaintenanceWatch watch;
    private final long patienceMillis;
    private final Consumer<Event> announce;
    private final Stragglers stragglers;
    private final ScheduledThreadPoolExecutor thread = Threads.timer(() -> "notify-journal");
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable writing = this::write;
    private final Consumer<Segment> going = this::going;

    private volatile long progressNanos = System.nanoTime();

    // Nobody waits for a disk that did not keep up, until it has caught up.
    private volatile boolean behind;

    // Owned by the thread, read by others: then the next attempt is set.
    private volatile boolean troubled;

    // Owned by the thread.
    private @Nullable Future<?> retry;
    private @Nullable Future<?> sync;
    private boolean finished;

    /**
     * @param patienceMillis how long somebody who publishes waits for the disk
     * @param announce publishes an event without waiting
     * @param stragglers are told of events before the journal forgets them
     */
    JournalWriter(
            Recent recent,
            Journal journal,
            MaintenanceWatch watch,
            long patienceMillis,
            Consumer<Event> announce,
            Stragglers stragglers) {
        this.recent = recent;
        this.journal = journal;
        this.watch = watch;
        this.patienceMillis = patienceMillis;
        this.announce = announce;
        this.stragglers = stragglers;
    }

    /** There is something to write. Returns at once. */
    void wake() {
        if (!troubled && woken.compareAndSet(false, true)) {
            try {
                thread.execute(writing);
            } catch (OutOfMemoryError noThread) {
                // The host permits no more threads just now; the next event tries again.
                woken.set(false);
            }
        }
    }

    /** Waits until an event is in the journal, but only for a moment. */
    void await(long id) {
        if (!behind) {
            behind = !recent.awaitWritten(id, patienceMillis);
        } else if (!troubled && System.nanoTime() - progressNanos < PROGRESS_NANOS) {
            // Faster than a disk that works: memory must not run full because of that.
            recent.awaitWritten(id - Recent.UNWRITTEN / 2, patienceMillis);
        }
    }

    /** Writes what is left, and tells whether everything is in the journal. */
    boolean close() {
        var last = thread.submit(this::finish);
        boolean ended = Threads.ended(last, CLOSE_MILLIS);
        thread.shutdown();
        return ended && recent.unwritten(1).isEmpty();
    }

    private void write() {
        woken.set(false);
        if (finished) {
            return; // the journal is closed, and another run may have it open
        }
        try {
            for (var batch = recent.unwritten(BATCH); !batch.isEmpty(); batch = recent.unwritten(BATCH)) {
                // Before the event itself: a crash in between then forgets no hold.
                watch.save();
                journal.append(batch);
                progressNanos = System.nanoTime();
                recent.written(batch.get(batch.size() - 1).id());
                journal.prune(going);
            }
            behind = false;
            caughtUp();
        } catch (IOException | RuntimeException | LinkageError e) {
            trouble(e);
        }
    }

    private void caughtUp() {
        if (troubled) {
            troubled = false;
            LOG.info("the journal is written again");
            announce.accept(new Event.ConfigurationChange("journal", "is written again", Severity.INFO));
        }
        if (sync == null) {
            sync = thread.schedule(this::sync, SYNC_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void trouble(Throwable e) {
        behind = true;
        if (!troubled) {
            troubled = true;
            var what = "cannot be written, new events are kept in memory only until it can: " + e.getMessage();
            LOG.warn("the journal {}", what);
            announce.accept(new Event.ConfigurationChange("journal", what, Severity.WARNING));
        }
        if (retry != null) {
            retry.cancel(false);
        }
        retry = thread.schedule(this::write, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void going(Segment segment) {
        // To read a file costs more than all else that is done for the events in it.
        if (stragglers.areBefore(journal.archive().lastId(segment))) {
            journal.archive().each(segment, stragglers::lose);
        }
    }

    private void sync() {
        sync = null;
        try {
            journal.sync();
        } catch (IOException e) {
            LOG.warn("the journal may not survive a loss of power: {}", e.toString());
        }
    }

    private void finish() {
        write();
        finished = true;
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn("the journal may not survive a loss of power: {}", e.toString());
        }
    }
}
