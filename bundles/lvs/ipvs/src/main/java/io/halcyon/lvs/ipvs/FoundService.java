package io.halcyon.lvs.ipvs;

import io.halcyon.linux.netlink.Attributes;
import io.halcyon.spi.dataplane.Counters;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service that the kernel has.
 *
 * @param destinations changes as we change them; belongs to thread {@code lvs-ipvs}
 */
record FoundService(
        ServiceKey key,
        ServiceSettings settings,
        Counters counters,
        Map<DestinationKey, FoundDestination> destinations) {

    /** Null for one that we cannot name. */
    static @Nullable FoundService read(Attributes service) {
        ServiceKey key = ServiceKeys.read(service);
        return key == null
                ? null
                : new FoundService(
                        key,
                        ServiceSettings.read(service),
                        Statistics.read(service, Ipvs.SVC_STATS64, Ipvs.SVC_STATS),
                        new LinkedHashMap<>());
    }

    FoundService with(ServiceSettings other) {
        return new FoundService(key, other, counters, destinations);
    }
}
