package io.halcyon.testkit;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of an asynchronous check on the calling thread with a selector of its own; writes wait until they are done. */
final class SelectorRun implements CheckRun {

    private record Timer(long atNanos, Runnable action) {}

    private final long startNanos = System.nanoTime();
    private final long limitNanos;
    private final List<Timer> timers = new ArrayList<>();
    private @Nullable Selector selector;
    private @Nullable CheckResult result;

    SelectorRun(long timeoutMillis) {
        limitNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    CheckResult run(AsynchronousCheck check) throws IOException, InterruptedException {
        try (var opened = Selector.open()) {
            selector = opened;
            check.look(this);
            while (result == null && elapsedNanos() < limitNanos) {
                opened.select(10);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                fireTimers();
                for (var key : List.copyOf(opened.selectedKeys())) {
                    opened.selectedKeys().remove(key);
                    ((Link) key.attachment()).ready(key);
                }
            }
            for (var key : opened.keys()) {
                key.channel().close();
            }
        }
        return result == null ? CheckResult.down("timed out") : result;
    }

    @Override
    public void connect(InetSocketAddress target, Handler handler) {
        try {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(target);
            channel.register(Objects.requireNonNull(selector), SelectionKey.OP_CONNECT, new Link(channel, handler));
        } catch (IOException e) {
            handler.onClosed(e);
        }
    }

    @Override
    public void after(long delayMillis, Runnable action) {
        timers.add(new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis), action));
    }

    @Override
    public void complete(CheckResult outcome) {
        if (result == null) {
            result = outcome;
        }
    }

    @Override
    public long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    private void fireTimers() {
        long now = System.nanoTime();
        for (var timer : List.copyOf(timers)) {
            if (timer.atNanos() - now <= 0) {
                timers.remove(timer);
                timer.action().run();
            }
        }
    }

    /** A connection with its handler. */
    private record Link(SocketChannel channel, Handler handler) implements Connection {

        void ready(SelectionKey key) {
            try {
                if (key.isConnectable()) {
                    channel.finishConnect();
                    key.interestOps(SelectionKey.OP_READ);
                    handler.onConnected(this);
                } else {
                    read();
                }
            } catch (IOException e) {
                close();
                handler.onClosed(e);
            }
        }

        private void read() throws IOException {
            var data = ByteBuffer.allocate(4096);
            if (channel.read(data) < 0) {
                close();
                handler.onClosed(null);
                return;
            }
            data.flip();
            handler.onData(this, data);
        }

        @Override
        public void write(ByteBuffer data) {
            try {
                while (data.hasRemaining()) {
                    channel.write(data);
                }
            } catch (IOException e) {
                close();
                handler.onClosed(e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
