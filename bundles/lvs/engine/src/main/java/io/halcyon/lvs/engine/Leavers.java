package io.halcyon.lvs.engine;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.ServiceKey;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Destinations that leave services of one data plane: whose connections end, and whose go on, however many changes become one
 * order. Owned by the loop thread.
 */
final class Leavers {

    private record Endpoint(InetAddress address, int port) {

        static Endpoint of(Destination destination) {
            return new Endpoint(destination.address(), destination.port());
        }
    }

    /** What the data plane was told last; the kernel keeps that while the data plane is away. */
    private final Map<ServiceKey, List<Destination>> told = new HashMap<>();

    private final Map<ServiceKey, Set<Endpoint>> ending = new HashMap<>();

    /** Something else is wanted of a service. */
    void change(@Nullable Desired before, Desired now) {
        if (now.leaving() != Leaving.END) {
            return;
        }
        // Without anything before, it is of those that an earlier run left.
        var left = before == null ? Set.<Endpoint>of() : endpoints(before.destinations());
        var ends = ending.computeIfAbsent(now.service().key(), key -> new HashSet<>());
        ends.addAll(left);
        ends.removeAll(endpoints(now.destinations()));
    }

    /** What to order, one after the other, so that a service becomes as it is wanted now. */
    List<Desired> orders(Desired now) {
        var key = now.service().key();
        var before = told.put(key, now.destinations());
        var ends = ending.get(key);
        if (ends == null) {
            return List.of(with(now, now.destinations(), Leaving.KEEP));
        }
        var staying = endpoints(now.destinations());
        ends.removeAll(staying);
        var keeping = new ArrayList<Destination>();
        boolean anyEnds = false;
        for (var destination : before == null ? List.<Destination>of() : before) {
            var endpoint = Endpoint.of(destination);
            anyEnds |= ends.contains(endpoint);
            if (!staying.contains(endpoint) && !ends.contains(endpoint)) {
                keeping.add(destination);
            }
        }
        if (keeping.isEmpty()) {
            // As long as it is not known to be done, so that no order behind it takes its place.
            var leaving = ends.isEmpty() && before != null ? Leaving.KEEP : Leaving.END;
            return List.of(with(now, now.destinations(), leaving));
        }
        var last = with(now, now.destinations(), Leaving.KEEP);
        if (!anyEnds) {
            return List.of(last);
        }
        keeping.addAll(0, now.destinations());
        return List.of(with(now, keeping, Leaving.END), last);
    }

    /** What was told of a service is done. */
    void applied(ServiceKey key) {
        ending.remove(key);
    }

    /** A service goes. */
    void gone(ServiceKey key) {
        told.remove(key);
        ending.remove(key);
    }

    /** All other services are gone. */
    void keepOnly(Set<ServiceKey> keys) {
        told.keySet().retainAll(keys);
        ending.keySet().retainAll(keys);
    }

    private static Desired with(Desired desired, List<Destination> destinations, Leaving leaving) {
        return new Desired(desired.service(), destinations, leaving);
    }

    private static Set<Endpoint> endpoints(List<Destination> destinations) {
        var endpoints = new HashSet<Endpoint>();
        destinations.forEach(destination -> endpoints.add(Endpoint.of(destination)));
        return endpoints;
    }
}
