package io.halcyon.check.tcp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection that is all there is to see. */
record Knock(CheckRun run, Endpoint target) implements CheckRun.Handler {

    @Override
    public void onConnected(CheckRun.Connection connection) {
        run.complete(CheckResult.up("connected to " + target).withLatency(Duration.ofNanos(run.elapsedNanos())));
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {}

    @Override
    public void onClosed(@Nullable IOException cause) {
        run.complete(CheckResult.down("no connection to " + target + ": " + Words.of(cause)));
    }
}
