package io.halcyon.check.felix;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the health checks that are meant, on a thread of its own for as long as that takes: they know of no limit. One that
 * does not end even when it is interrupted keeps that thread, and no second one is started before it is over.
 */
final class FelixCheck implements BlockingCheck {

    private final String name;
    private final FelixChecks checks;
    private final Selection selection;
    private final int least;
    private @Nullable Thread running;

    FelixCheck(String name, FelixChecks checks, Selection selection, int least) {
        this.name = name;
        this.checks = checks;
        this.selection = selection;
        this.least = least;
    }

    @Override
    public CheckResult look(long timeoutMillis) throws InterruptedException {
        if (running != null && running.isAlive()) {
            return CheckResult.down("the health checks of a look before are still running");
        }
        var task = new FutureTask<>(() -> checks.run(selection));
        var thread = new Thread(task, "check-felix-" + name);
        thread.setDaemon(true);
        thread.start();
        running = thread;
        try {
            return task.get(timeoutMillis, TimeUnit.MILLISECONDS).result(selection, least);
        } catch (TimeoutException e) {
            return CheckResult.down("the health checks of " + selection + " gave no result in time");
        } catch (ExecutionException e) {
            return CheckResult.unknown("the health checks could not be run: " + e.getCause());
        } finally {
            task.cancel(true);
        }
    }
}
