package io.halcyon.check.engine;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.HealthCheck;

/** Sends each form of a check to where it runs. */
final class Runners implements Runner, AutoCloseable {

    private final Workers workers;
    private final SelectorRunner selector;

    Runners(Loop loop) {
        this.workers = new Workers(loop);
        this.selector = new SelectorRunner(loop);
    }

    @Override
    public Look start(HealthCheck check, long timeoutMillis, Observer observer) {
        var runner = check instanceof AsynchronousCheck ? selector : workers;
        return runner.start(check, timeoutMillis, observer);
    }

    @Override
    public void close() {
        workers.close();
        selector.close();
    }
}
