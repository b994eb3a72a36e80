package io.halcyon.lvs.nftables;

import io.halcyon.linux.netlink.Nftables;
import io.halcyon.spi.dataplane.Counters;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.ServiceFigures;
import java.util.ArrayList;
import java.util.Map;

/**
 * What a service has done. A rule that translates sees the first packet of a connection only: connections are counted, their packets and
 * octets are not.
 */
final class Figures {

    private static final long UNKNOWN = -1;

    private Figures() {}

    static ServiceFigures of(Desired desired, Map<String, Nftables.Counter> counters, OpenConnections open) {
        var key = desired.service().key();
        var destinations = new ArrayList<ServiceFigures.OfDestination>();
        long all = 0;
        for (var destination : desired.destinations()) {
            var counter = counters.get(Names.counter(key, destination));
            long connections = counter == null ? 0 : counter.packets();
            all += connections;
            destinations.add(new ServiceFigures.OfDestination(
                    destination.address(),
                    destination.port(),
                    destination.weight(),
                    open.active(key, destination).orElse(UNKNOWN),
                    open.inactive(key, destination).orElse(UNKNOWN),
                    new Counters(connections, 0, 0, 0, 0)));
        }
        return new ServiceFigures(key, new Counters(all, 0, 0, 0, 0), destinations);
    }
}
