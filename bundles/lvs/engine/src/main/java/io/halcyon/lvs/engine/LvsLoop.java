package io.halcyon.lvs.engine;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns all virtual servers, {@code lvs-loop}. A turn is all tasks that wait and all timers that are due, and
 * after them what is to happen at the end of each turn.
 */
final class LvsLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LvsLoop.class);
    private static final long GOODBYE_MILLIS = 1_000;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::loop, "lvs-loop");
    private volatile Runnable endOfTurn = () -> {};
    private volatile boolean sleeping;
    private volatile boolean closed;

    // Owned by the thread.
    private final PriorityQueue<Entry> timers = new PriorityQueue<>(Entry.ORDER);
    private long lastOrder;

    /** Something that will happen later. */
    interface Timer {
        void cancel();
    }

    private record Question<T>(Supplier<T> question, CompletableFuture<T> answer) implements Runnable {

        @Override
        public void run() {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }

        /** Nobody will answer it any more. */
        void end() {
            answer.completeExceptionally(new IllegalStateException("virtual servers have ended"));
        }
    }

    private record Entry(long atNanos, long order, Runnable task) {

        private static final Comparator<Entry> ORDER = (one, other) -> {
            long difference = one.atNanos - other.atNanos;
            return difference == 0 ? Long.compare(one.order, other.order) : Long.signum(difference);
        };
    }

    /** Begins. */
    void start(Runnable atEndOfTurn) {
        endOfTurn = atEndOfTurn;
        thread.setDaemon(true);
        thread.start();
    }

    /** Monotonic time. */
    long nanos() {
        return System.nanoTime();
    }

    /** Runs the task on the thread soon, in the order of the calls. Any thread may call. */
    void execute(Runnable task) {
        tasks.add(task);
        if (sleeping) {
            LockSupport.unpark(thread);
        }
    }

    /** The same with an answer. */
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        var asked = new Question<>(question, new CompletableFuture<T>());
        execute(asked);
        if (closed) {
            asked.end();
        }
        return asked.answer;
    }

    /** Whether it has ended: nothing happens any more. */
    boolean isClosed() {
        return closed;
    }

    /** Runs the task at that time. Only the thread itself may call this and cancel it. */
    Timer at(long nanos, Runnable task) {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("timers belong to the thread " + thread.getName());
        }
        var entry = new Entry(nanos, ++lastOrder, task);
        timers.add(entry);
        return () -> timers.remove(entry);
    }

    private void loop() {
        while (!closed) {
            sleep();
            Thread.interrupted(); // by a plugin's fault; it would keep the loop from sleeping
            for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                guarded(task);
            }
            fireTimers();
            guarded(endOfTurn);
        }
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            if (task instanceof Question<?> question) {
                question.end();
            }
        }
    }

    private void sleep() {
        sleeping = true;
        if (tasks.isEmpty() && !closed) {
            var first = timers.peek();
            if (first == null) {
                LockSupport.park(this);
            } else {
                long waitNanos = first.atNanos - nanos();
                if (waitNanos > 0) {
                    LockSupport.parkNanos(this, waitNanos);
                }
            }
        }
        sleeping = false;
    }

    private void fireTimers() {
        long now = nanos();
        for (var first = timers.peek(); first != null && first.atNanos - now <= 0; first = timers.peek()) {
            timers.remove();
            guarded(first.task);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // All virtual servers end with this thread.
            LOG.error("lvs-loop: unexpected failure", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(GOODBYE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("lvs-loop does not end");
        }
    }
}
