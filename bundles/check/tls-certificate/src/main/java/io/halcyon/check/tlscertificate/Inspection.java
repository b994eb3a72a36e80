package io.halcyon.check.tlscertificate;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Looks at what was shown in a handshake, and goes. */
record Inspection(CheckRun run, Endpoint endpoint, Expiry expiry, InstantSource clock) implements CheckRun.Handler {

    @Override
    public void onConnected(CheckRun.Connection connection) {
        var session = ((TlsConnection) connection).session();
        // A resumed session would show the certificates of the handshake before it.
        session.invalidate();
        var chain = Facts.chain(session);
        if (chain.isEmpty()) {
            run.complete(CheckResult.down(endpoint + ": the server showed no certificate"));
            return;
        }
        var now = clock.instant();
        run.complete(expiry.judge(endpoint.toString(), chain, now)
                .withLatency(Duration.ofNanos(run.elapsedNanos()))
                .withDetails(Facts.of(session, chain, now)));
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {}

    @Override
    public void onClosed(@Nullable IOException cause) {
        var words = cause == null ? "the connection was closed" : String.valueOf(cause.getMessage());
        run.complete(CheckResult.down(endpoint + ": " + words));
    }
}
