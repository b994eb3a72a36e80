package io.halcyon.check.engine;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.host.SocketOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends each form of a check to where it runs: blocking ones to the workers of their type, all others to the selector. */
final class Runners implements Runner, AutoCloseable {

    private final Loop loop;
    private final Lateness lateness = new Lateness();
    private final SelectorRunner selector;
    private final Map<String, Workers> workers = new HashMap<>();

    /** @param socketOptions what the machine can do for sockets, null while nobody knows */
    Runners(Loop loop, Supplier<@Nullable SocketOptions> socketOptions) {
        this.loop = loop;
        this.selector = new SelectorRunner(loop, new Names(), lateness, socketOptions);
    }

    @Override
    public Look start(Order order, Observer observer) {
        var runner = order.check() instanceof AsynchronousCheck ? selector : workers(order.type());
        return runner.start(order, observer);
    }

    /** How late runs of all types begin. */
    Lateness lateness() {
        return lateness;
    }

    private Workers workers(String type) {
        return workers.computeIfAbsent(type, name -> new Workers(name, loop, lateness));
    }

    @Override
    public void close() {
        workers.values().forEach(Workers::shutdown);
        Workers.awaitEnd(workers.values());
        selector.close();
    }
}
