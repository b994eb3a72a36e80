package io.halcyon.lvs.nftables;

import io.halcyon.linux.netlink.TrackedConnection;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Destinations that leave with one change and take their connections along. */
final class Leaving {

    private final Collection<ServiceKey> all;
    private final List<Names.Owner> gone = new ArrayList<>();

    /**
     * For one change.
     *
     * @param all services that are wanted
     */
    Leaving(Collection<ServiceKey> all) {
        this.all = List.copyOf(all);
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

    boolean isEmpty() {
        return gone.isEmpty();
    }

    /** Whether a connection goes with them. */
    boolean takesAlong(TrackedConnection connection) {
        return gone.stream().anyMatch(one -> isOf(connection, one));
    }

    private boolean isOf(TrackedConnection connection, Names.Owner destination) {
        boolean samePort = destination.port() == 0 || destination.port() == connection.serverPort();
        if (!samePort || !connection.server().equals(destination.server())) {
            return false;
        }
        var key = destination.key();
        // Nobody keeps a packet's mark: what no other service can have sent there is of this one.
        return key instanceof ServiceKey.Addressed
                ? isTo(connection, key) && all.stream().noneMatch(other -> isBefore(other, key, connection))
                : all.stream().noneMatch(other -> isTo(connection, other));
    }

    /** Whether a connection is another service's, which has the port where this one has all ports. */
    private static boolean isBefore(ServiceKey other, ServiceKey key, TrackedConnection connection) {
        return !hasPort(key) && hasPort(other) && isTo(connection, other);
    }

    private static boolean hasPort(ServiceKey key) {
        return key instanceof ServiceKey.Addressed addressed && addressed.port() != 0;
    }

    /** Whether a service with an address takes it. */
    private static boolean isTo(TrackedConnection connection, ServiceKey key) {
        return key instanceof ServiceKey.Addressed addressed
                && connection.protocol() == addressed.transport().number()
                && connection.destination().equals(addressed.address())
                && (addressed.port() == 0 || connection.destinationPort() == addressed.port());
    }
}
