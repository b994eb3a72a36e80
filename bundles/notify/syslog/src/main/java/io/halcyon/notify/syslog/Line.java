package io.halcyon.notify.syslog;

import io.halcyon.notify.syslog.Link.State;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages to one receiver over a link that is kept open between them and closed when it has been idle. Thread-safe.
 *
 * <p>A link is looked at before it is trusted, and once more a little later. If it broke, the messages that were written to it
 * last go again: nobody confirms a message of syslog, and twice is better than never.
 */
final class Line {

    static final long IDLE_MILLIS = 60_000;

    private static final long SECOND_LOOK_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.notify");

    private final String name;
    private final Route route;
    private final long idleMillis;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Tail tail = new Tail();
    private final Deque<byte[]> again = new ArrayDeque<>();
    private @Nullable Link link;
    private long usedNanos;
    private boolean looksAgain;
    private boolean endsWhenIdle;
    private boolean closed;

    Line(String name, Route route, long idleMillis) {
        this.name = name;
        this.route = route;
        this.idleMillis = idleMillis;
    }

    String place() {
        return route.place();
    }

    void send(byte[] message) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            closed = false;
            var open = usable();
            writeAgain(open);
            write(open, message);
            if (!looksAgain) {
                looksAgain = true;
                alarm(Math.min(SECOND_LOOK_MILLIS, idleMillis), this::onSecondLook);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the link; a message that is sent later opens another. */
    void close() {
        lock.lock();
        try {
            closed = true;
            end();
            if (!again.isEmpty()) {
                LOG.warn("{}: {} messages to {} are given up, their connection broke", name, again.size(), place());
                again.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    private Link usable() throws IOException {
        examine();
        var known = link;
        if (known != null) {
            return known;
        }
        var fresh = route.open();
        link = fresh;
        return fresh;
    }

    private void examine() {
        var open = link;
        if (open != null) {
            var state = open.look();
            if (state != State.FINE) {
                drop(open, state);
            }
        }
    }

    private void writeAgain(Link open) throws IOException {
        while (!again.isEmpty()) {
            write(open, again.element());
            again.remove();
        }
    }

    private void write(Link open, byte[] message) throws IOException {
        try {
            open.write(message);
        } catch (IOException e) {
            drop(open, State.LOST);
            throw e;
        }
        usedNanos = System.nanoTime();
        tail.add(message, usedNanos);
    }

    private void drop(Link old, State state) {
        link = null;
        old.close();
        var last = tail.take();
        if (state == State.LOST && !last.isEmpty()) {
            LOG.warn("{}: {} broke off, {} of the last messages may be lost and go again", name, place(), last.size());
            // In front of what still waits to go again: that came after them.
            for (int i = last.size() - 1; i >= 0; i--) {
                again.addFirst(last.get(i));
            }
        }
    }

    private void end() {
        var open = link;
        if (open != null) {
            drop(open, open.look());
        }
    }

    /** What was written into a connection that broke at that moment shows a little later; no event may come for long. */
    private void onSecondLook() {
        looksAgain = false;
        examine();
        if (!again.isEmpty() && !closed) {
            try {
                writeAgain(usable());
            } catch (IOException e) {
                LOG.debug("{}: {} does not take what goes again: {}", name, place(), e.getMessage());
            }
            looksAgain = true;
            alarm(idleMillis, this::onSecondLook);
        }
        if (link != null && !endsWhenIdle) {
            endsWhenIdle = true;
            alarm(idleLeftMillis(), this::onIdle);
        }
    }

    private void onIdle() {
        long left = idleLeftMillis();
        if (link != null && left > 0) {
            alarm(left, this::onIdle);
            return;
        }
        endsWhenIdle = false;
        end();
    }

    private long idleLeftMillis() {
        return idleMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - usedNanos);
    }

    /** Later, under the lock, on a thread for that moment: few lines have any at a time, and it may have to wait. */
    private void alarm(long millis, Runnable work) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, this::start)
                .execute(() -> {
                    lock.lock();
                    try {
                        work.run();
                    } finally {
                        lock.unlock();
                    }
                });
    }

    private void start(Runnable work) {
        var thread = new Thread(work, "syslog-" + name);
        thread.setDaemon(true);
        thread.setContextClassLoader(Line.class.getClassLoader());
        thread.start();
    }
}
