package io.halcyon.vrrp.engine;

import io.halcyon.vrrp.protocol.RouterConfig;

/**
 * How long an address may live in the kernel without a renewal.
 *
 * <p>Long enough that a peer has taken over before the address of a killed master goes: master-down of the slowest peer
 * (priority 1) + what the renewal period exceeds the advertisement interval + 0.1 s for the peer's work. The kernel
 * counts whole seconds and looks at most once a second, so it is rounded up and never below 2.
 */
final class LeaseLength {

    static final long SHORTEST_SECONDS = 2;
    static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** How long after its end the kernel may keep an address. */
    static final long KERNEL_LATE_NANOS = 1_100_000_000L;

    private static final double RENEWAL_PERIOD_SECONDS = 1;
    private static final double PEERS_WORK_SECONDS = 0.1;
    private static final double SLOWEST_SKEW = 255 / 256.0;

    private LeaseLength() {}

    static long seconds(RouterConfig config) {
        double interval = config.advertIntervalCentis() / 100.0;
        double skew = config.version() == 2 ? SLOWEST_SKEW : SLOWEST_SKEW * interval;
        double masterDown = config.downTimerAdverts() * interval + skew;
        double excess = Math.max(0, RENEWAL_PERIOD_SECONDS - interval);
        return Math.max(SHORTEST_SECONDS, (long) Math.ceil(masterDown + excess + PEERS_WORK_SECONDS));
    }
}
