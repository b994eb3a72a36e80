package io.halcyon.check.redis;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One conversation with one server: AUTH, PING, INFO. Owned by the selector's thread. */
final class Visit implements CheckRun.Handler {

    /** What was asked. */
    private enum Step {
        AUTH,
        PING,
        INFO
    }

    private final CheckRun run;
    private final Endpoint endpoint;
    private final Login login;
    private final Expectation expectation;
    private final ReplyReader replies = new ReplyReader();
    private Step step = Step.PING;
    private boolean connected;
    private boolean over;
    private @Nullable Duration latency;

    Visit(CheckRun run, Endpoint endpoint, Login login, Expectation expectation) {
        this.run = run;
        this.endpoint = endpoint;
        this.login = login;
        this.expectation = expectation;
    }

    /** Called when the time for that is over. */
    void requireConnected(long afterMillis) {
        if (!connected) {
            complete(CheckResult.down(endpoint + ": no connection within " + afterMillis + " ms"), Map.of());
        }
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {
        connected = true;
        if (login.isNone()) {
            ask(connection, Step.PING);
        } else {
            step = Step.AUTH;
            connection.write(login.command());
        }
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        try {
            for (var reply = replies.next(data); reply != null && !over; reply = replies.next(data)) {
                hear(connection, reply);
            }
        } catch (IOException e) {
            fail(e.getMessage());
        }
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        var words = cause == null ? "closed by the server" : String.valueOf(cause.getMessage());
        if (connected) {
            fail(cause == null ? "the connection was closed instead of an answer" : "the connection broke: " + words);
        } else {
            complete(CheckResult.down(endpoint + ": no connection: " + words), Map.of());
        }
    }

    private void hear(CheckRun.Connection connection, RedisReply reply) {
        run.step(step.name().toLowerCase(Locale.ROOT), reply.isError() ? Shown.of(reply.code()) : "");
        if (reply.isError()) {
            // The text may repeat what was sent.
            fail(step == Step.AUTH ? "refused, " + Shown.of(reply.code()) : Shown.of(reply.text()));
            return;
        }
        switch (step) {
            case AUTH -> ask(connection, Step.PING);
            case PING -> ponged(connection, reply);
            case INFO -> informed(Info.of(reply.text()));
        }
    }

    private void ponged(CheckRun.Connection connection, RedisReply reply) {
        if (!reply.text().equals("PONG")) {
            fail("the answer is " + Shown.of(reply.text()) + ", expected is PONG");
            return;
        }
        latency = Duration.ofNanos(run.elapsedNanos());
        if (expectation.needsInfo()) {
            ask(connection, Step.INFO);
        } else {
            complete(CheckResult.up(endpoint + " answers"), Map.of());
        }
    }

    private void informed(Info info) {
        complete(expectation.judge(endpoint.toString(), info), info.details());
    }

    private void ask(CheckRun.Connection connection, Step next) {
        step = next;
        connection.write(ByteBuffer.wrap((next + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private void fail(@Nullable String words) {
        complete(CheckResult.down(endpoint + ": " + step + ": " + words), Map.of());
    }

    private void complete(CheckResult result, Map<String, String> details) {
        over = true;
        run.complete(
                new CheckResult(result.health(), login.masked(result.reason()), latency, null, login.masked(details)));
    }
}
