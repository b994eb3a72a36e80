package io.halcyon.lvs.ipvs;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table's thread {@code lvs-ipvs}: takes all orders that wait, carries them out together, and looks from time to time
 * whether the kernel still has what is wanted. The thread is in the network namespace of whoever starts it.
 */
final class Keeper implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final BlockingQueue<Consumer<Work>> orders = new LinkedBlockingQueue<>();
    private final Work work;
    private final long lookNanos;
    private volatile boolean closed;

    Keeper(Work work, long lookNanos) {
        this.work = work;
        this.lookNanos = lookNanos;
    }

    void post(Consumer<Work> order) {
        orders.add(order);
    }

    /** Ends the thread after what was ordered before. */
    void stop() {
        post(last -> closed = true);
    }

    @Override
    public void run() {
        long nextLook = System.nanoTime() + lookNanos;
        while (!closed) {
            try {
                Consumer<Work> order = orders.poll(nextLook - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (order != null) {
                    takeAll(order);
                    work.carryOut();
                }
                if (nextLook - System.nanoTime() <= 0) {
                    nextLook = System.nanoTime() + lookNanos;
                    if (!work.idle()) {
                        work.look();
                        nextLook = System.nanoTime() + lookNanos;
                    }
                }
                if (work.impatient()) {
                    nextLook = Math.min(nextLook, System.nanoTime() + RETRY_NANOS);
                }
            } catch (InterruptedException e) {
                closed = true;
            } catch (RuntimeException | Error e) {
                // Without this thread no server that fails would ever be taken out.
                LOG.error("ipvs: an order failed, which is a mistake of ours", e);
            }
        }
        work.close();
    }

    private void takeAll(Consumer<Work> first) {
        Consumer<Work> order = first;
        while (order != null) {
            order.accept(work);
            order = closed ? null : orders.poll();
        }
    }
}
