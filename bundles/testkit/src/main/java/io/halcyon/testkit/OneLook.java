package io.halcyon.testkit;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.Steps;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of a check of either form, on a thread of its own, without an engine. */
final class OneLook {

    private final HealthCheck check;
    private volatile Steps steps = new Steps();

    OneLook(HealthCheck check) {
        this.check = check;
    }

    /** Its result; an asynchronous check that says nothing in time counts as down, as the engine counts it. */
    CheckResult await(long timeoutMillis, Duration lingering) throws Exception {
        var result = new CompletableFuture<CheckResult>();
        Thread worker = start(timeoutMillis, result);
        try {
            return result.get(timeoutMillis + lingering.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the check is still running long after its limit", e);
        } catch (ExecutionException e) {
            throw new AssertionError("the check threw an exception", e);
        } finally {
            worker.interrupt();
        }
    }

    /** What an asynchronous check said of its steps; a blocking one has them in its result. */
    Steps steps() {
        return steps;
    }

    /** Starts it, interrupts it shortly after, and tells whether it ended within that time. */
    boolean interruptedWithin(long timeoutMillis, Duration limit) throws InterruptedException {
        var started = new CompletableFuture<CheckResult>();
        Thread worker = start(timeoutMillis, started);
        worker.join(100);
        worker.interrupt();
        worker.join(limit.toMillis());
        return !worker.isAlive();
    }

    private Thread start(long timeoutMillis, CompletableFuture<CheckResult> result) {
        var worker = new Thread(() -> run(timeoutMillis, result), "one-look");
        worker.setDaemon(true);
        worker.start();
        return worker;
    }

    private void run(long timeoutMillis, CompletableFuture<CheckResult> result) {
        try {
            if (check instanceof BlockingCheck blocking) {
                result.complete(blocking.look(timeoutMillis));
            } else if (check instanceof AsynchronousCheck asynchronous) {
                var run = new SelectorRun(timeoutMillis);
                steps = run.steps();
                result.complete(run.run(asynchronous));
            }
        } catch (InterruptedException e) {
            result.cancel(false);
        } catch (Exception e) {
            result.completeExceptionally(e);
        }
    }
}
