package io.halcyon.check.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread {@code check-io}: one selector and its timers. Everything but {@link #execute} and {@link #close} is its own. */
final class SelectorThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SelectorThread.class);

    /** What a channel is registered with. */
    interface Ready {
        void onReady(SelectionKey key);
    }

    /** An action for later. */
    record Timer(long atNanos, Runnable action) {}

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((a, b) -> Long.compare(a.atNanos() - b.atNanos(), 0));
    /** The largest datagram fits. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);

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
        selector.wakeup();
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

    Timer after(long delayNanos, Runnable action) {
        var timer = new Timer(System.nanoTime() + delayNanos, action);
        timers.add(timer);
        return timer;
    }

    void cancel(Timer timer) {
        timers.remove(timer);
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void loop() {
        try (selector) {
            while (!closed) {
                selector.select(key -> guarded(() -> ((Ready) key.attachment()).onReady(key)), timeoutMillis());
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    guarded(task);
                }
                fireTimers();
            }
            for (var key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("check-io ends", e);
        }
    }

    private void fireTimers() {
        while (!timers.isEmpty() && timers.peek().atNanos() - System.nanoTime() <= 0) {
            guarded(timers.remove().action());
        }
    }

    /** 0 waits without a limit. */
    private long timeoutMillis() {
        var next = timers.peek();
        if (next == null) {
            return 0;
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.atNanos() - System.nanoTime() + 999_999));
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("check-io: unexpected failure", e);
        }
    }
}
