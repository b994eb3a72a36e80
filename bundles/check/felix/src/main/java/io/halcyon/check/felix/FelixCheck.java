package io.halcyon.check.felix;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs the health checks that are meant, on a thread of its own for as long as that takes: they know of no limit. One that
 * does not end even when it is interrupted keeps that thread, and no second one is started before it is over.
 */
final class FelixCheck implements BlockingCheck {

    /**
     * A thread and whether its work is over: it may live for a moment after that.
     *
     * @param over set before anybody hears of the result
     */
    private record Work(Thread thread, AtomicBoolean over) {

        boolean goesOn() {
            return thread.isAlive() && !over.get();
        }
    }

    private final String name;
    private final FelixChecks checks;
    private final Selection selection;
    private final int least;
    private @Nullable Work before;

    FelixCheck(String name, FelixChecks checks, Selection selection, int least) {
        this.name = name;
        this.checks = checks;
        this.selection = selection;
        this.least = least;
    }

    @Override
    public CheckResult look(long timeoutMillis) throws InterruptedException {
        if (before != null && before.goesOn()) {
            return CheckResult.down("the health checks of a look before are still running");
        }
        var over = new AtomicBoolean();
        var task = new FutureTask<>(() -> run(over));
        var thread = new Thread(task, "check-felix-" + name);
        thread.setDaemon(true);
        thread.start();
        before = new Work(thread, over);
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

    private Findings run(AtomicBoolean over) {
        try {
            return checks.run(selection);
        } finally {
            over.set(true);
        }
    }
}
