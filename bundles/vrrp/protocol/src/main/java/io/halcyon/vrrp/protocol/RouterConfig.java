package io.halcyon.vrrp.protocol;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual router is told before it starts.
 *
 * @param vrid virtual router id, 1-255
 * @param version protocol version, 2 or 3
 * @param priority base priority, 1-255; 255 is the owner of the addresses
 * @param advertIntervalCentis own advertisement interval, 1-4095 (version 3) or whole seconds 100-25500 (version 2)
 * @param preempt whether a backup takes over from a master of lower priority
 * @param preemptDelayNanos for how long it first lets such a master be
 * @param downTimerAdverts advertisement intervals in master-down; the RFCs say 3
 * @param authPass simple text password of version 2 (RFC 2338 section 5.3.6), its first 8 characters; null for none
 * @param checksumForm what the checksum of version 3 covers when sent
 * @param addresses advertised addresses in order, no more than a packet carries
 * @param garp when addresses are announced
 */
public record RouterConfig(
        int vrid,
        int version,
        int priority,
        int advertIntervalCentis,
        boolean preempt,
        long preemptDelayNanos,
        int downTimerAdverts,
        @Nullable String authPass,
        ChecksumForm checksumForm,
        List<InetAddress> addresses,
        GarpConfig garp) {

    /** Priority of the router that owns the addresses, RFC 9568 section 5.2.4. */
    public static final int OWNER_PRIORITY = 255;

    private static final int PASSWORD_LENGTH = 8;
    private static final int CENTIS_PER_SECOND = 100;

    public RouterConfig {
        require(vrid >= 1 && vrid <= 255, "vrid", vrid);
        require(version == 2 || version == 3, "version", version);
        require(priority >= 1 && priority <= OWNER_PRIORITY, "priority", priority);
        require(downTimerAdverts >= 1 && downTimerAdverts <= 100, "down timer adverts", downTimerAdverts);
        require(preemptDelayNanos >= 0, "preempt delay", preemptDelayNanos);
        require(isInterval(version, advertIntervalCentis), "advertisement interval", advertIntervalCentis);
        addresses = List.copyOf(addresses);
        require(addresses.size() <= 255, "number of addresses", addresses.size());
        authPass = authPass == null || authPass.isEmpty()
                ? null
                : authPass.substring(0, Math.min(PASSWORD_LENGTH, authPass.length()));
    }

    private static boolean isInterval(int version, int centis) {
        return version == 3
                ? centis >= 1 && centis <= 4095
                : centis >= CENTIS_PER_SECOND && centis <= 255 * CENTIS_PER_SECOND && centis % CENTIS_PER_SECOND == 0;
    }

    private static void require(boolean holds, String what, long value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " " + value + " is out of range");
        }
    }

    /** The same with other times of announcement. */
    public RouterConfig withGarp(GarpConfig other) {
        return new RouterConfig(
                vrid,
                version,
                priority,
                advertIntervalCentis,
                preempt,
                preemptDelayNanos,
                downTimerAdverts,
                authPass,
                checksumForm,
                addresses,
                other);
    }

    /** The same with other advertised addresses. */
    public RouterConfig withAddresses(List<InetAddress> others) {
        return new RouterConfig(
                vrid,
                version,
                priority,
                advertIntervalCentis,
                preempt,
                preemptDelayNanos,
                downTimerAdverts,
                authPass,
                checksumForm,
                others,
                garp);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "vrid " + vrid + " version " + version + " priority " + priority + " interval " + advertIntervalCentis
                + " cs addresses " + addresses;
    }
}
