package io.halcyon.lvs.nftables;

import io.halcyon.linux.netlink.Conntrack;
import io.halcyon.linux.netlink.TrackedConnection;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.ServiceKey;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** How many tracked connections there are to each destination of services with an address. Immutable. */
final class OpenConnections {

    /** The kernel shows all or none of them; to count more would take too long. */
    private static final long MOST = 50_000;

    private static final Path COUNT = Path.of("/proc/sys/net/netfilter/nf_conntrack_count");

    private record Way(int protocol, InetAddress address, int port, InetAddress server, int serverPort) {}

    private final boolean known;
    private final Map<Way, Long> active = new HashMap<>();
    private final Map<Way, Long> inactive = new HashMap<>();

    private OpenConnections(boolean known) {
        this.known = known;
    }

    static OpenConnections count(Conntrack kernel) throws IOException {
        var counted = new OpenConnections(
                Files.exists(COUNT) && Long.parseLong(Files.readString(COUNT).strip()) <= MOST);
        if (counted.known) {
            kernel.translated(connection -> {
                counted.add(connection);
                return false;
            });
        }
        return counted;
    }

    private void add(TrackedConnection connection) {
        var way = new Way(
                connection.protocol(),
                connection.destination(),
                connection.destinationPort(),
                connection.server(),
                connection.serverPort());
        (connection.established() ? active : inactive).merge(way, 1L, Long::sum);
    }

    OptionalLong active(ServiceKey key, Destination destination) {
        return number(active, key, destination);
    }

    OptionalLong inactive(ServiceKey key, Destination destination) {
        return number(inactive, key, destination);
    }

    private OptionalLong number(Map<Way, Long> counts, ServiceKey key, Destination destination) {
        return known
                        && key instanceof ServiceKey.Addressed addressed
                        && addressed.port() != 0
                        && destination.port() != 0
                ? OptionalLong.of(counts.getOrDefault(
                        new Way(
                                addressed.transport().number(),
                                addressed.address(),
                                addressed.port(),
                                destination.address(),
                                destination.port()),
                        0L))
                : OptionalLong.empty();
    }
}
