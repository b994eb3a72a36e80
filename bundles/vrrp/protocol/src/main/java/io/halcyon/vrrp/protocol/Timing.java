package io.halcyon.vrrp.protocol;

/**
 * The times of RFC 9568 section 6.1 and RFC 3768 section 6.1, in nanoseconds, so that no fraction is lost.
 *
 * @param config what the router was told
 * @param priority its effective priority
 */
record Timing(RouterConfig config, int priority) {

    static final int LOWEST_PRIORITY = 1;

    private static final long NANOS_PER_CENTI = 10_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int PRIORITIES = 256;

    static long nanos(int centis) {
        return centis * NANOS_PER_CENTI;
    }

    /** Our own advertisement interval. */
    long ownIntervalNanos() {
        return nanos(config.advertIntervalCentis());
    }

    /**
     * Skew time. Version 3: ((256 - priority) * Active_Adver_Interval) / 256. Version 2: (256 - priority) / 256 seconds.
     *
     * @param intervalNanos interval in force
     */
    long skewNanos(long intervalNanos) {
        long unit = config.version() == 2 ? NANOS_PER_SECOND : intervalNanos;
        return unit * (PRIORITIES - priority) / PRIORITIES;
    }

    /** (3 * interval) + skew time; the 3 is configurable, as keepalived has it. */
    long masterDownNanos(long intervalNanos) {
        return config.downTimerAdverts() * intervalNanos + skewNanos(intervalNanos);
    }

    /** When the slowest peer takes over from us, if it hears nothing at all. */
    long slowestPeerNanos() {
        return new Timing(config, LOWEST_PRIORITY).masterDownNanos(ownIntervalNanos());
    }
}
