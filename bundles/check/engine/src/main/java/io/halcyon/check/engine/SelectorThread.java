package io.halcyon.check.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread {@code check-io}: one selector and its timers. Everything but {@link #execute} and {@link #close} is its own. */
final class SelectorThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SelectorThread.class);

    private static final int TASKS_AT_ONCE = 1_000;
    private static final long NO_WAIT = -1;

    /** What a channel is registered with. */
    interface Ready {
        void onReady(SelectionKey key);
    }

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Timers timers = new Timers();
    /** The largest datagram fits. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);

    private volatile boolean sleeping;
    private volatile boolean closed;

    @SuppressWarnings("this-escape") // the thread starts in the last line
    SelectorThread() throws IOException {
        this.selector = Selector.open();
        this.thread = new Thread(this::loop, "check-io");
        thread.setDaemon(true);
        thread.start();
    }

    void execute(Runnable task) {
        tasks.add(task);
        if (sleeping) {
            selector.wakeup();
        }
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    void requireCurrent() {
        if (!isCurrent()) {
            throw new IllegalStateException("this belongs to the thread " + thread.getName() + ", not to "
                    + Thread.currentThread().getName());
        }
    }

    /** For one read, which must be used before the next one. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        return channel.register(selector, operations, ready);
    }

    Timers.Entry after(long delayNanos, Runnable action) {
        return timers.add(System.nanoTime() + delayNanos, action);
    }

    void cancel(Timers.Entry timer) {
        timers.cancel(timer);
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void loop() {
        try (selector) {
            while (!closed) {
                select();
                runTasks();
                fireTimers();
            }
            for (var key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("check-io ends", e);
        }
    }

    private void select() throws IOException {
        sleeping = true;
        long waitMillis = tasks.isEmpty() ? waitMillis() : NO_WAIT;
        if (waitMillis == NO_WAIT) {
            selector.selectNow(SelectorThread::ready);
        } else {
            selector.select(SelectorThread::ready, waitMillis);
        }
        sleeping = false;
    }

    private static void ready(SelectionKey key) {
        guarded(() -> ((Ready) key.attachment()).onReady(key));
    }

    /** Some at a time: a task that always adds another one keeps nobody from being heard. */
    private void runTasks() {
        for (int i = 0; i < TASKS_AT_ONCE; i++) {
            var task = tasks.poll();
            if (task == null) {
                return;
            }
            guarded(task);
        }
    }

    private void fireTimers() {
        long now = System.nanoTime();
        for (var action = timers.poll(now); action != null; action = timers.poll(now)) {
            guarded(action);
        }
    }

    /** 0 waits without a limit. */
    private long waitMillis() {
        if (timers.isEmpty()) {
            return 0;
        }
        long nanos = timers.firstNanos() - System.nanoTime();
        return nanos <= 0 ? NO_WAIT : TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // All network checks end with this thread.
            LOG.error("check-io: unexpected failure", e);
        }
    }
}
