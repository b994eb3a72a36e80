package io.halcyon.spi.dataplane;

import java.net.InetAddress;
import java.util.List;

/** What a virtual service has done. */
public record ServiceFigures(ServiceKey key, Counters counters, List<OfDestination> destinations) {

    public ServiceFigures {
        destinations = List.copyOf(destinations);
    }

    /**
     * What one destination has done.
     *
     * @param active established connections, -1 where the data plane does not know
     * @param inactive other connections, -1 where it does not know
     */
    public record OfDestination(
            InetAddress address, int port, int weight, long active, long inactive, Counters counters) {}
}
