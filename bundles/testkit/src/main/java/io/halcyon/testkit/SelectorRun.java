package io.halcyon.testkit;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.spi.check.Source;
import io.halcyon.spi.check.SourceException;
import io.halcyon.spi.check.Steps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of an asynchronous check on the calling thread with a selector of its own; writes wait until they are done. */
final class SelectorRun implements CheckRun {

    private record Timer(long atNanos, Runnable action) {}

    /** Opens a channel of either kind, registered with what it waits for. */
    private interface Opener {
        void open(InetSocketAddress target, Handler handler) throws IOException;
    }

    private final long startNanos = System.nanoTime();
    private final long limitNanos;
    private final Thread thread = Thread.currentThread();
    private final List<Timer> timers = new ArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Steps steps = new Steps();
    private final Selector selector;
    private Source source = Source.ANY;
    private @Nullable CheckResult result;

    SelectorRun(long timeoutMillis) throws IOException {
        limitNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        selector = Selector.open();
    }

    CheckResult run(AsynchronousCheck check) throws IOException, InterruptedException {
        try (selector) {
            check.look(this);
            while (result == null && elapsedNanos() < limitNanos) {
                selector.select(10);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                fireTasks();
                fireTimers();
                fireChannels();
            }
            for (var key : selector.keys()) {
                key.channel().close();
            }
        }
        return result == null ? CheckResult.down("timed out") : result;
    }

    /** Those that the check took; the engine has more. */
    Steps steps() {
        return steps;
    }

    /** For the whole run, without what takes more than the JDK: interface and mark. */
    @Override
    public CheckRun from(Source wanted) {
        source = wanted;
        return this;
    }

    @Override
    public void step(String name, String words) {
        steps.end(name, words);
    }

    @Override
    public void connect(InetSocketAddress target, Handler handler) {
        reach(target, handler, this::openStream);
    }

    @Override
    public void connectDatagram(InetSocketAddress target, Handler handler) {
        reach(target, handler, this::openDatagrams);
    }

    @Override
    public void after(long delayMillis, Runnable action) {
        requireThread();
        timers.add(new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis), action));
    }

    @Override
    public void complete(CheckResult outcome) {
        if (Thread.currentThread() != thread) {
            execute(() -> complete(outcome));
        } else if (result == null) {
            result = outcome;
        }
    }

    @Override
    public long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    private void requireThread() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("this belongs to the thread that looks");
        }
    }

    private void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    private void reach(InetSocketAddress target, Handler handler, Opener opener) {
        requireThread();
        if (target.isUnresolved()) {
            var lookup = new Thread(() -> lookUp(target, handler, opener), "look-up");
            lookup.setDaemon(true);
            lookup.start();
            return;
        }
        try {
            opener.open(target, handler);
        } catch (SourceException e) {
            complete(CheckResult.unknown(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            execute(() -> handler.onClosed(e));
        }
    }

    private void lookUp(InetSocketAddress target, Handler handler, Opener opener) {
        var host = target.getHostString();
        try {
            var address = InetAddress.getByName(host);
            execute(() -> reach(new InetSocketAddress(address, target.getPort()), handler, opener));
        } catch (UnknownHostException e) {
            execute(() -> handler.onClosed(new IOException("unknown host " + host)));
        }
    }

    private void openStream(InetSocketAddress target, Handler handler) throws IOException {
        var channel = bound(SocketChannel.open());
        channel.configureBlocking(false);
        channel.connect(target);
        register(channel, SelectionKey.OP_CONNECT, new SelectorLink<>(channel, handler));
    }

    private void openDatagrams(InetSocketAddress target, Handler handler) throws IOException {
        var channel = bound(DatagramChannel.open());
        channel.configureBlocking(false);
        channel.connect(target);
        var link = new SelectorLink<>(channel, handler);
        register(channel, SelectionKey.OP_READ, link);
        execute(() -> handler.onConnected(link));
    }

    private <C extends NetworkChannel> C bound(C channel) throws IOException {
        try {
            source.bind(channel, null);
            return channel;
        } catch (SourceException e) {
            channel.close();
            throw e;
        }
    }

    private void register(SelectableChannel channel, int operations, SelectorLink<?> link) throws IOException {
        channel.register(selector, operations, link);
    }

    private void fireTasks() {
        for (var task = tasks.poll(); task != null && result == null; task = tasks.poll()) {
            task.run();
        }
    }

    private void fireTimers() {
        long now = System.nanoTime();
        for (var timer : List.copyOf(timers)) {
            if (result == null && timer.atNanos() - now <= 0) {
                timers.remove(timer);
                timer.action().run();
            }
        }
    }

    private void fireChannels() {
        for (var key : List.copyOf(selector.selectedKeys())) {
            selector.selectedKeys().remove(key);
            if (result == null && key.isValid()) {
                ((SelectorLink<?>) key.attachment()).ready(key);
            }
        }
    }
}
