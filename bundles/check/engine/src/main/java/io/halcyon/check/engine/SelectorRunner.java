package io.halcyon.check.engine;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.host.SocketOptions;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts asynchronous looks on the selector's thread, which exists from the first one until nothing asked for it during
 * {@link #IDLE_NANOS}. Owned by the loop thread.
 */
final class SelectorRunner implements Runner, AutoCloseable {

    private static final long IDLE_NANOS = 600_000_000_000L;

    private final Loop loop;
    private final Names names;
    private final Lateness lateness;
    private final Supplier<@Nullable SocketOptions> socketOptions;
    private @Nullable SelectorThread selector;
    private Loop.@Nullable Timer idle;
    private int running;

    /** @param socketOptions what the machine can do for sockets, null while nobody knows */
    SelectorRunner(Loop loop, Names names, Lateness lateness, Supplier<@Nullable SocketOptions> socketOptions) {
        this.loop = loop;
        this.names = names;
        this.lateness = lateness;
        this.socketOptions = socketOptions;
    }

    @Override
    public Look start(Order order, Observer observer) {
        try {
            var thread = selector();
            running++;
            var look = new SelectorLook(
                    thread, names, socketOptions, result -> loop.execute(() -> ended(observer, result)));
            thread.start(() -> {
                lateness.started(order.dueNanos());
                loop.execute(observer::began);
                look.begin((AsynchronousCheck) order.check());
            });
            return look;
        } catch (IOException e) {
            loop.execute(() -> observer.ended(CheckResult.unknown("no selector: " + e.getMessage())));
            return () -> false;
        }
    }

    boolean hasThread() {
        return selector != null;
    }

    @Override
    public void close() {
        endThread();
        names.close();
    }

    private void endThread() {
        var current = selector;
        selector = null;
        if (current != null) {
            current.close();
        }
    }

    private SelectorThread selector() throws IOException {
        if (idle != null) {
            idle.cancel();
            idle = null;
        }
        var current = selector;
        if (current == null || !current.isAlive()) {
            current = new SelectorThread();
            selector = current;
        }
        return current;
    }

    private void ended(Observer observer, CheckResult result) {
        running--;
        observer.ended(result);
        if (running == 0 && idle == null) {
            idle = loop.at(loop.nanos() + IDLE_NANOS, this::endThread);
        }
    }
}
