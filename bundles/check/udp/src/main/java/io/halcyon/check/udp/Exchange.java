package io.halcyon.check.udp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One datagram and what comes back. Owned by the selector's thread. */
final class Exchange implements CheckRun.Handler {

    private static final int EXCERPT_OCTETS = 32;

    private final CheckRun run;
    private final Endpoint target;
    private final byte[] payload;
    private final @Nullable Expectation expectation;
    private final UdpCheck.Limits limits;
    private long sentNanos;

    Exchange(CheckRun run, Endpoint target, byte[] payload, @Nullable Expectation expectation, UdpCheck.Limits limits) {
        this.run = run;
        this.target = target;
        this.payload = payload;
        this.expectation = expectation;
        this.limits = limits;
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {
        sentNanos = run.elapsedNanos();
        connection.write(ByteBuffer.wrap(payload));
        run.step("request", payload.length + " octets");
        run.after(limits.waitMillis(), () -> run.complete(silence()));
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        run.step("answer", data.remaining() + " octets");
        run.complete(judge(data)
                .withLatency(Duration.ofNanos(run.elapsedNanos() - sentNanos))
                .withDetails(details(data)));
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        if (cause instanceof PortUnreachableException) {
            run.complete(CheckResult.down("nobody listens at UDP " + target));
        } else {
            run.complete(CheckResult.down("UDP " + target + ": " + words(cause)));
        }
    }

    /** An ICMP error would have come by now. */
    private CheckResult silence() {
        return expectation == null
                ? CheckResult.up("UDP " + target + " takes datagrams")
                : CheckResult.down("UDP " + target + " does not reply");
    }

    private CheckResult judge(ByteBuffer reply) {
        if (expectation == null) {
            return CheckResult.up("UDP " + target + " takes datagrams");
        }
        var fault = expectation.faultOf(reply);
        if (fault != null) {
            return CheckResult.down("the reply of UDP " + target + " " + fault);
        }
        double limit = limits.latencyMaxSeconds();
        if (limit > 0 && run.elapsedNanos() - sentNanos > Math.round(limit * 1e9)) {
            return CheckResult.degraded("UDP " + target + " replies, but slower than latency.max = "
                    + BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString() + " s");
        }
        return CheckResult.up("UDP " + target + " replies as expected");
    }

    private static Map<String, String> details(ByteBuffer reply) {
        var octets = new byte[Math.min(reply.remaining(), EXCERPT_OCTETS)];
        reply.get(reply.position(), octets);
        return Map.of(
                "reply.length",
                Integer.toString(reply.remaining()),
                "reply",
                HexFormat.of().formatHex(octets));
    }

    private static String words(@Nullable IOException cause) {
        if (cause == null) {
            return "closed";
        }
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
