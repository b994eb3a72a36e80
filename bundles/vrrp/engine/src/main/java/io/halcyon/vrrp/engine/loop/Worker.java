package io.halcyon.vrrp.engine.loop;

import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of its own for what must not hold up the loop. Thread-safe.
 *
 * <p>Without {@link #start} nothing runs by itself and {@link #turn} does one thing, for simulations.
 */
final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long END_MILLIS = 1_000;

    /** How long one that lets others go first begins after something came, at least. */
    private static final long REST_NANOS = 2_000_000;

    /** As often it rests while others work: a takeover with a thousand addresses takes less time. */
    private static final int MOST_RESTS = 30;

    /** Wakes the thread when it is to end. */
    private enum End implements Runnable {
        END;

        @Override
        public void run() {}
    }

    private final LinkedBlockingDeque<Runnable> work = new LinkedBlockingDeque<>();
    private final Thread thread;
    private final @Nullable Worker first;
    private volatile boolean working;
    private volatile boolean closed;

    Worker(String name) {
        this(name, null);
    }

    /** One that lets another go first, and the threads that give it work. */
    Worker(String name, @Nullable Worker first) {
        this.first = first;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(Runnable job) {
        work.addLast(job);
    }

    /** Before everything that waits. */
    void addFirst(Runnable job) {
        work.addFirst(job);
    }

    /** Does what is next, if anything is. */
    boolean turn() {
        Runnable job = work.pollFirst();
        if (job == End.END) {
            work.addLast(End.END); // the thread itself waits for it
            return false;
        }
        if (job != null) {
            carryOut(job);
        }
        return job != null;
    }

    private void run() {
        try {
            while (!closed || !work.isEmpty()) {
                Runnable job = work.pollFirst();
                if (job == null) {
                    working = false;
                    job = work.takeFirst();
                    working = true;
                    rest();
                }
                carryOut(job);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rest() {
        if (first == null) {
            return;
        }
        for (int rests = 0; !closed && rests < MOST_RESTS && (rests == 0 || first.working); rests++) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    /** Does it on the calling thread, as the worker would. */
    static void carryOut(Runnable job) {
        try {
            job.run();
        } catch (RuntimeException | LinkageError | AssertionError e) {
            // A plugin's exception is that plugin's problem.
            LOG.warn("{}: {}", Thread.currentThread().getName(), e.toString());
        }
    }

    /** Ends after what waits is done; does not wait for that. */
    void end() {
        closed = true;
        add(End.END);
    }

    /** Ends after what waits is done, or after a second. */
    @Override
    public void close() {
        end();
        try {
            if (thread.isAlive()) {
                thread.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
