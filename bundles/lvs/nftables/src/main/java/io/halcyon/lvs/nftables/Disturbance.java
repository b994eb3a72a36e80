package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.ServiceKey;
import java.util.Map;

/**
 * What somebody else changed.
 *
 * @param shared in what all services share; empty if nothing
 * @param services in services, in words
 */
record Disturbance(String shared, Map<ServiceKey, String> services) {

    static final Disturbance NONE = new Disturbance("", Map.of());
}
