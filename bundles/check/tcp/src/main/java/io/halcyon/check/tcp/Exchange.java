package io.halcyon.check.tcp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends something and waits for something. Owned by the selector's thread. */
final class Exchange implements CheckRun.Handler {

    private static final int LIMIT_BYTES = 1 << 20;

    private final CheckRun run;
    private final Endpoint target;
    private final byte[] send;
    private final ByteSearch search;
    private boolean connected;
    private String beginning = "";

    Exchange(CheckRun run, Endpoint target, byte[] send, ByteSearch search) {
        this.run = run;
        this.target = target;
        this.send = send;
        this.search = search;
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {
        connected = true;
        if (send.length > 0) {
            connection.write(ByteBuffer.wrap(send));
        }
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        if (search.seenBytes() == 0) {
            beginning = Words.excerpt(data);
        }
        if (search.found(data)) {
            var latency = Duration.ofNanos(run.elapsedNanos());
            run.complete(CheckResult.up(target + " answered as expected").withLatency(latency));
        } else if (search.seenBytes() >= LIMIT_BYTES) {
            run.complete(down(target + " sent a mebibyte without what was expected"));
        }
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        if (!connected) {
            run.complete(CheckResult.down("no connection to " + target + ": " + Words.of(cause)));
            return;
        }
        var end = cause == null ? " closed the connection" : " broke the connection (" + Words.of(cause) + ")";
        var what = search.seenBytes() == 0 ? " without an answer" : " without what was expected";
        run.complete(down(target + end + what));
    }

    private CheckResult down(String reason) {
        var result = CheckResult.down(reason);
        return beginning.isEmpty() ? result : result.withDetails(Map.of("answer", beginning));
    }
}
