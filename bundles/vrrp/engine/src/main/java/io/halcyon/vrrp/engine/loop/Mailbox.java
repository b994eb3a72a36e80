package io.halcyon.vrrp.engine.loop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders for the loop: anybody adds, the loop runs them in turn. */
final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    /** After so many orders timers are looked at again: a flood of packets must not hold up an advertisement. */
    private static final int MOST_ORDERS_AT_ONCE = 256;

    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();

    /** Any thread. */
    void add(Runnable order) {
        orders.add(order);
    }

    void runAll() {
        while (runSome()) {
            // until nothing waits
        }
    }

    /** Carries out what waits, up to a limit; returns whether more may wait. One that fails fails alone. */
    boolean runSome() {
        for (int i = 0; i < MOST_ORDERS_AT_ONCE; i++) {
            Runnable order = orders.poll();
            if (order == null) {
                return false;
            }
            try {
                order.run();
            } catch (RuntimeException | AssertionError e) {
                LOG.error("an order of the loop failed", e);
            }
        }
        return true;
    }
}
