package io.halcyon.transport.memory;

import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Frames under way, in the order of their arrival. Thread-safe; its lock is the innermost. */
final class Wire {

    /** On its way to one port; frames of the same time arrive in the order they were sent. */
    private record Frame(long due, long order, Port to, Consumer<Port> content) implements Comparable<Frame> {
        @Override
        public int compareTo(Frame other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(order, other.order);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Frame> underWay = new PriorityQueue<>();
    private long frames;
    private boolean closed;

    void put(Port to, long due, Consumer<Port> content) {
        lock.lock();
        try {
            underWay.add(new Frame(due, frames++, to, content));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Puts the next frame into its port's queue if it arrives by then; null if there is none. */
    @Nullable
    Port arrive(long nanos) {
        lock.lock();
        try {
            if (due() > nanos) {
                return null;
            }
            Frame frame = underWay.remove();
            frame.to().queue(frame.content());
            return frame.to();
        } finally {
            lock.unlock();
        }
    }

    long nextDelivery() {
        lock.lock();
        try {
            return due();
        } finally {
            lock.unlock();
        }
    }

    void forget(Port port) {
        lock.lock();
        try {
            underWay.removeIf(frame -> frame.to() == port);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a frame has arrived; false once closed. */
    boolean await(LongSupplier clock) {
        lock.lock();
        try {
            long now = clock.getAsLong();
            while (!closed && due() > now) {
                changed.awaitNanos(due() - now);
                now = clock.getAsLong();
            }
            return !closed;
        } catch (InterruptedException ended) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long due() {
        return underWay.isEmpty() ? Long.MAX_VALUE : underWay.element().due();
    }
}
