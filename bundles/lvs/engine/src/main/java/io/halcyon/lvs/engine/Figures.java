package io.halcyon.lvs.engine;

import io.halcyon.lvs.engine.server.RealServerState;
import io.halcyon.spi.dataplane.Counters;
import io.halcyon.spi.dataplane.ServiceFigures;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the kernel says of services, as it was read once. Immutable. */
final class Figures {

    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

    private final Map<String, Map<ServiceKey, ServiceFigures>> byPlane = new HashMap<>();

    private Figures() {}

    /**
     * Of one real server, all services together.
     *
     * @param active -1 where nobody knows
     * @param inactive -1 where nobody knows
     */
    record OfServer(long active, long inactive, Counters counters) {

        static final OfServer UNKNOWN = new OfServer(-1, -1, Counters.NONE);

        private OfServer plus(ServiceFigures.OfDestination more) {
            return new OfServer(
                    known(active, more.active()), known(inactive, more.inactive()), sum(counters, more.counters()));
        }

        private static long known(long one, long other) {
            return one < 0 || other < 0 ? Math.max(one, other) : one + other;
        }
    }

    /** Reads them; waits for the kernel. */
    static Figures read(Map<String, ServiceTable> tables) {
        var figures = new Figures();
        tables.forEach((plane, table) -> figures.byPlane.put(plane, read(plane, table)));
        return figures;
    }

    Counters counters(Snapshot server) {
        return services(server).map(ServiceFigures::counters).reduce(Counters.NONE, Figures::sum);
    }

    OfServer of(Snapshot server, RealServerState real) {
        var address = real.address();
        if (address == null) {
            return OfServer.UNKNOWN;
        }
        var sum = OfServer.UNKNOWN;
        for (var service : services(server).toList()) {
            for (var destination : service.destinations()) {
                if (destination.address().equals(address) && isPort(service.key(), real.port(), destination.port())) {
                    sum = sum.plus(destination);
                }
            }
        }
        return sum;
    }

    private Stream<ServiceFigures> services(Snapshot server) {
        var figures = byPlane.getOrDefault(server.plane(), Map.of());
        return server.settings().services().stream().map(figures::get).filter(Objects::nonNull);
    }

    /** A real server without a port has that of the service. */
    private static boolean isPort(ServiceKey key, int wanted, int port) {
        return wanted == port
                || (wanted == 0 && key instanceof ServiceKey.Addressed addressed && addressed.port() == port);
    }

    private static Map<ServiceKey, ServiceFigures> read(String plane, ServiceTable table) {
        List<ServiceFigures> all;
        try {
            all = table.figures();
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} gives no figures: {}", plane, e.toString());
            return Map.of();
        }
        var byKey = new HashMap<ServiceKey, ServiceFigures>();
        all.forEach(each -> byKey.put(each.key(), each));
        return byKey;
    }

    private static Counters sum(Counters one, Counters other) {
        return new Counters(
                one.connections() + other.connections(),
                one.packetsIn() + other.packetsIn(),
                one.packetsOut() + other.packetsOut(),
                one.bytesIn() + other.bytesIn(),
                one.bytesOut() + other.bytesOut());
    }
}
