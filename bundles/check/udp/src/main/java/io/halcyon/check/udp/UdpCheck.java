package io.halcyon.check.udp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckRun;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Sends a datagram and judges what comes back. Immutable. */
final class UdpCheck implements AsynchronousCheck {

    /**
     * How long is waited, in the units that are used.
     *
     * @param waitMillis for a reply or an error
     * @param latencyMaxSeconds DEGRADED above, 0 for no limit
     */
    record Limits(long waitMillis, double latencyMaxSeconds) {}

    private static final int RANDOM_OCTETS = 16;

    private final Endpoint target;
    private final byte[] payload;
    private final @Nullable Expectation expectation;
    private final Limits limits;
    private final SecureRandom random = new SecureRandom();

    /**
     * A check.
     *
     * @param payload random each time if it is empty
     * @param expectation null if no reply is needed
     */
    UdpCheck(Endpoint target, byte[] payload, @Nullable Expectation expectation, Limits limits) {
        this.target = target;
        this.payload = payload.clone();
        this.expectation = expectation;
        this.limits = limits;
    }

    @Override
    public void look(CheckRun run) {
        run.connectDatagram(target.address(), new Exchange(run, target, payload(), expectation, limits));
    }

    private byte[] payload() {
        if (payload.length > 0) {
            return payload;
        }
        var octets = new byte[RANDOM_OCTETS];
        random.nextBytes(octets);
        return octets;
    }
}
