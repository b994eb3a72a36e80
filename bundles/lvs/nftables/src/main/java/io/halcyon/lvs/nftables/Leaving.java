package io.halcyon.lvs.nftables;

import io.halcyon.linux.netlink.Conntrack;
import io.halcyon.linux.netlink.TrackedConnection;
import io.halcyon.spi.dataplane.ServiceKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Destinations that leave and take their connections along. The kernel is made to forget these: their next packet is sent to a server
 * that does not know them, and says so.
 */
final class Leaving {

    private final Collection<ServiceKey> all;
    private final List<Names.Owner> gone = new ArrayList<>();

    /** Opens the way to connections. */
    interface Connections {
        Conntrack get() throws IOException;
    }

    /**
     * For one change.
     *
     * @param all services that are wanted
     */
    Leaving(Collection<ServiceKey> all) {
        this.all = all;
    }

    /** Notes which destinations a service has no more. */
    void add(ServiceKey key, Part before, Part after) {
        before.chains().keySet().stream()
                .filter(chain -> chain.startsWith(Names.LEADER))
                .filter(chain -> !after.chains().containsKey(chain))
                .map(Names::owner)
                .forEach(owner -> {
                    if (owner != null && owner.key().equals(key)) {
                        gone.add(owner);
                    }
                });
    }

    void end(Connections connections) throws IOException {
        if (!gone.isEmpty()) {
            var kernel = connections.get();
            kernel.forget(kernel.translated(connection -> gone.stream().anyMatch(one -> isOf(connection, one))));
        }
    }

    private boolean isOf(TrackedConnection connection, Names.Owner destination) {
        boolean samePort = destination.port() == 0 || destination.port() == connection.serverPort();
        if (!samePort || !connection.server().equals(destination.server())) {
            return false;
        }
        if (destination.key() instanceof ServiceKey.Addressed) {
            return isTo(connection, destination.key());
        }
        // Nobody keeps a packet's mark: what no other service can have sent there is of this one.
        return all.stream().noneMatch(key -> isTo(connection, key));
    }

    /** Whether a service with an address takes it. */
    static boolean isTo(TrackedConnection connection, ServiceKey key) {
        return key instanceof ServiceKey.Addressed addressed
                && connection.protocol() == addressed.transport().number()
                && connection.destination().equals(addressed.address())
                && (addressed.port() == 0 || connection.destinationPort() == addressed.port());
    }
}
