package io.halcyon.check.tcp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection: it opens, something is sent, something comes. Owned by the selector's thread. */
final class Exchange implements CheckRun.Handler {

    private static final int LIMIT_BYTES = 1 << 20;

    private final CheckRun run;
    private final Endpoint endpoint;
    private final Script script;
    private final Map<String, String> details = new TreeMap<>();
    private @Nullable ByteSearch search;

    Exchange(CheckRun run, Endpoint endpoint, Script script) {
        this.run = run;
        this.endpoint = endpoint;
        this.script = script;
    }

    /** Called when the time for that is over. */
    void requireConnected(long afterMillis) {
        if (search == null) {
            run.complete(CheckResult.down("no connection to " + endpoint + " within " + afterMillis + " ms"));
        }
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {
        if (connection instanceof TlsConnection tls) {
            details.put("protocol", tls.session().getProtocol());
            details.put("cipher", tls.session().getCipherSuite());
        }
        if (!script.hasAnswer()) {
            succeed("connected to " + endpoint);
            return;
        }
        search = script.answer();
        if (script.question().hasRemaining()) {
            connection.write(script.question());
            run.step("request", "");
        }
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        var current = search;
        if (current == null) {
            return;
        }
        if (current.seenBytes() == 0) {
            details.put("answer", Excerpt.of(data));
        }
        if (current.found(data)) {
            run.step("answer", current.seenBytes() + " bytes");
            succeed(endpoint + " answered as expected");
        } else if (current.seenBytes() >= LIMIT_BYTES) {
            fail(endpoint + " sent a mebibyte without what was expected");
        }
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        var current = search;
        var words = cause == null ? "closed by the peer" : String.valueOf(cause.getMessage());
        if (current == null) {
            fail("no connection to " + endpoint + ": " + words);
            return;
        }
        var end = cause == null ? " closed the connection" : " broke the connection (" + words + ")";
        fail(endpoint + end + (current.seenBytes() == 0 ? " without an answer" : " without what was expected"));
    }

    private void succeed(String reason) {
        // What came is no news if it is what was expected.
        details.remove("answer");
        run.complete(CheckResult.up(reason)
                .withLatency(Duration.ofNanos(run.elapsedNanos()))
                .withDetails(details));
    }

    private void fail(String reason) {
        run.complete(CheckResult.down(reason).withDetails(details));
    }
}
