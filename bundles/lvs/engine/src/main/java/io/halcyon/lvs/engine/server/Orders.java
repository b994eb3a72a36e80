package io.halcyon.lvs.engine.server;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.ServiceKey;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was last ordered of the data plane. Confined to its virtual server's thread. */
final class Orders {

    /** A real server that is in the data plane. */
    record Served(String label, RealServer server, InetAddress address, int weight) {

        Destination destination(ServiceKey service) {
            return server.destination(service, address, weight);
        }
    }

    private @Nullable ServerSettings ordered;
    private List<Served> last = List.of();
    private Map<String, Served> served = Map.of();
    private List<Desired> desired = List.of();
    private boolean anyEnded;

    /** For a data plane that was told nothing yet: an earlier run may have left some whose connections would have ended by now. */
    List<Desired> desired() {
        return anyEnded
                ? desired.stream()
                        .map(order -> new Desired(order.service(), order.destinations(), Leaving.END))
                        .toList()
                : desired;
    }

    List<ServiceKey> services() {
        return desired.stream().map(order -> order.service().key()).toList();
    }

    /**
     * Orders what is not ordered already.
     *
     * @param wanted who is to be in
     * @param ending labels of those whose connections end if they leave
     */
    void order(ServerSettings settings, List<Served> wanted, Set<String> ending, Outbox out) {
        anyEnded = !ending.isEmpty();
        // Most inputs change nothing, and there may be many services.
        if (settings.equals(ordered) && wanted.equals(last)) {
            return;
        }
        ordered = settings;
        last = List.copyOf(wanted);
        Map<String, Served> now = new LinkedHashMap<>();
        wanted.forEach(server -> now.put(server.label(), server));
        List<Desired> next = desired(settings, now, Leaving.KEEP);
        if (next.equals(desired)) {
            return;
        }
        List<ServiceKey> gone = new ArrayList<>(services());
        gone.removeAll(settings.services());
        out.remove(gone);
        List<String> leaving = served.keySet().stream()
                .filter(label -> !now.containsKey(label))
                .toList();
        boolean anyEnds = leaving.stream().anyMatch(ending::contains);
        boolean allEnd = ending.containsAll(leaving);
        if (anyEnds && !allEnd) {
            Map<String, Served> others = new LinkedHashMap<>(served);
            others.keySet().removeAll(ending);
            out.put(desired(settings, others, Leaving.END));
        }
        served = now;
        desired = next;
        out.put(anyEnds && allEnd ? desired(settings, now, Leaving.END) : next);
    }

    /** Takes everything out and, unless it is to stay away, puts it in again. */
    void rebuild(boolean again, Outbox out) {
        out.remove(services());
        if (again) {
            out.put(desired);
        }
    }

    private static List<Desired> desired(ServerSettings settings, Map<String, Served> served, Leaving leaving) {
        List<Desired> services = new ArrayList<>();
        for (ServiceKey service : settings.services()) {
            List<Destination> destinations = served.values().stream()
                    .map(server -> server.destination(service))
                    .toList();
            services.add(settings.desired(service, destinations, leaving));
        }
        return services;
    }
}
