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

/** One run of an asynchronous check: its connections and timers, and the end of them. Owned by the selector's thread. */
final class SelectorLook implements CheckRun, Runner.Look {

    private final SelectorThread thread;
    private final Consumer<CheckResult> whenOver;
    private final List<SelectorConnection> connections = new ArrayList<>();
    private final List<SelectorThread.Timer> timers = new ArrayList<>();
    private long startNanos = System.nanoTime();
    private boolean over;

    SelectorLook(SelectorThread thread, Consumer<CheckResult> whenOver) {
        this.thread = thread;
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
        if (over) {
            return;
        }
        if (target.isUnresolved()) {
            thread.execute(
                    () -> guarded(() -> handler.onClosed(new IOException("unknown host " + target.getHostString()))));
            return;
        }
        connections.add(SelectorConnection.open(thread, target, handler, this));
    }

    @Override
    public void after(long delayMillis, Runnable action) {
        if (!over) {
            timers.add(thread.after(TimeUnit.MILLISECONDS.toNanos(delayMillis), () -> guarded(action)));
        }
    }

    @Override
    public void complete(CheckResult result) {
        if (over) {
            return;
        }
        over = true;
        connections.forEach(SelectorConnection::close);
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
