package io.halcyon.lvs.ipvs;

import io.halcyon.linux.netlink.Attributes;
import io.halcyon.spi.dataplane.Counters;

/** A destination that the kernel has. */
record FoundDestination(DestinationSettings settings, long active, long inactive, Counters counters) {

    static FoundDestination read(Attributes destination) {
        return new FoundDestination(
                DestinationSettings.read(destination),
                destination.u32(Ipvs.DEST_ACTIVE_CONNS),
                destination.u32(Ipvs.DEST_INACT_CONNS),
                Statistics.read(destination, Ipvs.DEST_STATS64, Ipvs.DEST_STATS));
    }

    /** One that was just made or changed by us. */
    static FoundDestination made(DestinationSettings settings) {
        return new FoundDestination(settings, 0, 0, Counters.NONE);
    }

    boolean idle() {
        return active == 0 && inactive == 0;
    }
}
