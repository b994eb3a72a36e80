package io.halcyon.notify.engine;

import io.halcyon.api.event.EventKind;
import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A notifier that does to events what a test tells it. */
final class FakeNotifier implements Notifier {

    /** What becomes of a delivery. */
    interface Behaviour {
        void deliver(EventRecord event) throws DeliveryException, InterruptedException;
    }

    static final Behaviour TAKES = event -> {};
    static final Behaviour IS_DOWN = event -> {
        throw new DeliveryException("connection refused", null, true);
    };
    static final Behaviour REFUSES = event -> {
        throw new DeliveryException("550 go away", null, false);
    };
    static final Behaviour HANGS = event -> new CountDownLatch(1).await();

    final BlockingQueue<Long> attempts = new LinkedBlockingQueue<>();
    final BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
    final CountDownLatch closed = new CountDownLatch(1);
    volatile Behaviour behaviour;
    volatile Thread worker;
    volatile Map<String, EventKind> kindsByKey = Map.of();

    FakeNotifier(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public void deliver(EventRecord event) throws DeliveryException, InterruptedException {
        worker = Thread.currentThread();
        // Read first: a test changes it as soon as it sees the attempt.
        var now = behaviour;
        attempts.add(event.id());
        now.deliver(event);
        arrived.add(event.id());
    }

    @Override
    public Map<String, EventKind> kindsByKey() {
        return kindsByKey;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    static long next(BlockingQueue<Long> queue) throws InterruptedException {
        Long id = queue.poll(10, TimeUnit.SECONDS);
        if (id == null) {
            throw new AssertionError("nothing came within 10 s");
        }
        return id;
    }
}
