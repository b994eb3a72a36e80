package io.halcyon.check.engine;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.spi.check.Source;
import io.halcyon.spi.check.Steps;
import io.halcyon.spi.host.SocketOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of an asynchronous check: its connections and timers, and the end of them. Owned by the selector's thread, but any
 * may complete it.
 */
final class SelectorLook implements CheckRun, Runner.Look {

    /** Makes a connection of either kind. */
    private interface Opener {
        Connection open(
                SelectorThread thread, InetSocketAddress target, Source source, Handler handler, SelectorLook look);
    }

    private final SelectorThread thread;
    private final Names names;
    private final Supplier<@Nullable SocketOptions> socketOptions;
    private final Consumer<CheckResult> whenOver;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Timers.Entry> timers = new ArrayList<>();
    /** Null before it began. */
    private volatile @Nullable Steps steps;

    private volatile long startNanos = System.nanoTime();
    private boolean over;

    SelectorLook(
            SelectorThread thread,
            Names names,
            Supplier<@Nullable SocketOptions> socketOptions,
            Consumer<CheckResult> whenOver) {
        this.thread = thread;
        this.names = names;
        this.socketOptions = socketOptions;
        this.whenOver = whenOver;
    }

    void begin(AsynchronousCheck check) {
        if (!over) {
            startNanos = System.nanoTime();
            steps = new Steps();
            guarded(() -> check.look(this));
        }
    }

    /** Called on the loop thread. */
    @Override
    public boolean giveUp() {
        thread.execute(() -> complete(CheckResult.unknown("given up")));
        return false;
    }

    /** Any thread. */
    @Override
    public Map<String, String> withSteps(Map<String, String> details) {
        var taken = steps;
        return taken == null ? details : taken.with(details);
    }

    @Override
    public CheckRun from(Source source) {
        return source.isAny() ? this : new SourcedLook(this, source);
    }

    @Override
    public void step(String name, String words) {
        end(name, words);
    }

    /** One of the engine's own. */
    void stepped(String name, Object words) {
        if (!over) {
            end(name, words);
        }
    }

    private void end(String name, Object words) {
        var taken = steps;
        if (taken != null) {
            taken.end(name, words);
        }
    }

    /** What the machine can do for sockets, null if nobody here knows. */
    @Nullable
    SocketOptions socketOptions() {
        return socketOptions.get();
    }

    @Override
    public void connect(InetSocketAddress target, Handler handler) {
        connect(target, Source.ANY, handler);
    }

    void connect(InetSocketAddress target, Source source, Handler handler) {
        reach(target, source, handler, SelectorConnection::open);
    }

    @Override
    public void connectDatagram(InetSocketAddress target, Handler handler) {
        connectDatagram(target, Source.ANY, handler);
    }

    void connectDatagram(InetSocketAddress target, Source source, Handler handler) {
        reach(target, source, handler, SelectorDatagrams::open);
    }

    private void reach(InetSocketAddress target, Source source, Handler handler, Opener opener) {
        thread.requireCurrent();
        if (over) {
            return;
        }
        if (!target.isUnresolved()) {
            connections.add(opener.open(thread, target, source, handler, this));
            return;
        }
        var host = target.getHostString();
        names.ask(
                host,
                address -> thread.execute(() -> guarded(() -> {
                    if (address == null) {
                        stepped("resolve", "unknown host " + host);
                        handler.onClosed(new IOException("unknown host " + host));
                    } else {
                        stepped("resolve", address.getHostAddress());
                        reach(new InetSocketAddress(address, target.getPort()), source, handler, opener);
                    }
                })));
    }

    @Override
    public void after(long delayMillis, Runnable action) {
        thread.requireCurrent();
        if (!over) {
            timers.add(thread.after(TimeUnit.MILLISECONDS.toNanos(delayMillis), () -> guarded(action)));
        }
    }

    @Override
    public void complete(CheckResult result) {
        if (!thread.isCurrent()) {
            thread.execute(() -> complete(result));
            return;
        }
        if (over) {
            return;
        }
        stepped("judge", result.health());
        over = true;
        connections.forEach(Connection::close);
        timers.forEach(thread::cancel);
        whenOver.accept(result);
    }

    @Override
    public long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    /** What the plugin throws is its result. */
    void guarded(Runnable plugin) {
        if (over) {
            return;
        }
        try {
            plugin.run();
        } catch (Throwable e) {
            complete(Outcomes.thrown(e));
        }
    }
}
