package io.halcyon.check.engine;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of an asynchronous check: its connections and timers, and the end of them. Owned by the selector's thread, but any
 * may complete it.
 */
final class SelectorLook implements CheckRun, Runner.Look {

    /** Makes a connection of either kind. */
    private interface Opener {
        Connection open(SelectorThread thread, InetSocketAddress target, Handler handler, SelectorLook look);
    }

    private final SelectorThread thread;
    private final Names names;
    private final Consumer<CheckResult> whenOver;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Timers.Entry> timers = new ArrayList<>();
    private volatile long startNanos = System.nanoTime();
    private boolean over;

    SelectorLook(SelectorThread thread, Names names, Consumer<CheckResult> whenOver) {
        this.thread = thread;
        this.names = names;
        this.whenOver = whenOver;
    }

    void begin(AsynchronousCheck check) {
        if (!over) {
            startNanos = System.nanoTime();
            guarded(() -> check.look(this));
        }
    }

    /** Called on the loop thread. */
    @Override
    public boolean giveUp() {
        thread.execute(() -> complete(CheckResult.unknown("given up")));
        return false;
    }

    @Override
    public void connect(InetSocketAddress target, Handler handler) {
        reach(target, handler, SelectorConnection::open);
    }

    @Override
    public void connectDatagram(InetSocketAddress target, Handler handler) {
        reach(target, handler, SelectorDatagrams::open);
    }

    private void reach(InetSocketAddress target, Handler handler, Opener opener) {
        thread.requireCurrent();
        if (over) {
            return;
        }
        if (!target.isUnresolved()) {
            connections.add(opener.open(thread, target, handler, this));
            return;
        }
        var host = target.getHostString();
        names.ask(
                host,
                address -> thread.execute(() -> guarded(() -> {
                    if (address == null) {
                        handler.onClosed(new IOException("unknown host " + host));
                    } else {
                        reach(new InetSocketAddress(address, target.getPort()), handler, opener);
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
