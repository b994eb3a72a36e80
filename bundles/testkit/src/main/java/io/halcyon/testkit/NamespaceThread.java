package io.halcyon.testkit;

import com.sun.jna.LastErrorException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/** One thread in a network namespace of its own; the namespace of a Linux thread is inherited by what it starts. */
final class NamespaceThread implements AutoCloseable {

    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "in-namespace");
        thread.setDaemon(true);
        return thread;
    });
    private final Future<?> entered = executor.submit(NamespaceThread::enter);

    /** Runs a test's method there; what it throws is thrown here. */
    void run(Invocation<Void> invocation) throws Throwable {
        call(() -> {
            try {
                return invocation.proceed();
            } catch (Exception | Error thrown) {
                throw thrown;
            } catch (Throwable thrown) {
                throw new AssertionError(thrown);
            }
        });
    }

    /** Does something there; what it throws is thrown here. */
    <T> T call(Callable<T> action) throws Throwable {
        Future<T> outcome = executor.submit(action);
        try {
            entered.get();
            return outcome.get();
        } catch (ExecutionException thrown) {
            throw thrown.getCause();
        } catch (InterruptedException timeout) {
            outcome.cancel(true);
            throw timeout;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void enter() {
        try {
            Namespaces.unshare(Namespaces.CLONE_NEWNET);
        } catch (LastErrorException refused) {
            throw new IllegalStateException(
                    "cannot make a network namespace (tests tagged lab need root): " + refused.getMessage(), refused);
        }
        Command.line("ip link set lo up");
    }
}
