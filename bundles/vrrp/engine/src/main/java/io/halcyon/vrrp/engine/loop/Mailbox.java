package io.halcyon.vrrp.engine.loop;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders for the loop, and questions for when it has nothing else to do: anybody adds, the loop runs them in turn. */
final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    /** After so many orders timers are looked at again: a flood of packets must not hold up an advertisement. */
    private static final int MOST_ORDERS_AT_ONCE = 256;

    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> questions = new ConcurrentLinkedQueue<>();

    private final Runnable wake;

    /**
     * Empty.
     *
     * @param wake called after each addition, on the thread that added
     */
    Mailbox(Runnable wake) {
        this.wake = wake;
    }

    /** Any thread. */
    void add(Runnable order) {
        orders.add(order);
        wake.run();
    }

    /** Any thread: an order with an answer. */
    <T> CompletableFuture<T> command(Supplier<T> command) {
        return add(command, orders);
    }

    /** Any thread: its answer is wanted, but not before an order or a timer. */
    <T> CompletableFuture<T> question(Supplier<T> question) {
        return add(question, questions);
    }

    private <T> CompletableFuture<T> add(Supplier<T> asked, Queue<Runnable> queue) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        queue.add(() -> {
            try {
                answer.complete(asked.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        wake.run();
        return answer;
    }

    /** Any thread. */
    boolean isEmpty() {
        return orders.isEmpty() && questions.isEmpty();
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
            carryOut(order);
        }
        return true;
    }

    /** Answers questions until there is something better to do; returns whether more may wait. */
    boolean runQuestions(BooleanSupplier timerDue) {
        while (orders.isEmpty() && !timerDue.getAsBoolean()) {
            Runnable question = questions.poll();
            if (question == null) {
                return false;
            }
            carryOut(question);
        }
        return true;
    }

    private static void carryOut(Runnable order) {
        try {
            order.run();
        } catch (RuntimeException | AssertionError e) {
            LOG.error("an order of the loop failed", e);
        }
    }
}
