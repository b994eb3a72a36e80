package io.halcyon.check.ping;

import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A run of a check that needs nothing but the end of it; many can be under way at once. */
final class RecordedRun implements CheckRun {

    private final long startNanos = System.nanoTime();
    private final CompletableFuture<CheckResult> result = new CompletableFuture<>();

    CheckResult await() throws Exception {
        return result.get(30, TimeUnit.SECONDS);
    }

    boolean isOver() {
        return result.isDone();
    }

    @Override
    public void connect(InetSocketAddress target, Handler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void connectDatagram(InetSocketAddress target, Handler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void after(long delayMillis, Runnable action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void complete(CheckResult outcome) {
        result.complete(outcome);
    }

    @Override
    public long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }
}
