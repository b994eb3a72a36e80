package io.halcyon.lvs.engine.server;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.ServiceKey;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a real server is, as its line says it.
 *
 * @param host host name, empty if it is an address
 * @param address null if it is a host name
 * @param port 0 for that of the service
 */
record Place(String host, @Nullable InetAddress address, int port) {

    static final String ALLOWED = "an address or a host name, and a port behind a blank (none for that of the service)";

    /** @throws IllegalArgumentException saying what is allowed */
    static Place read(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > 2) {
            throw new IllegalArgumentException(ALLOWED);
        }
        Endpoint endpoint = endpoint(words[0]);
        int port = words.length == 2 ? ServiceLine.port(words[1]) : 0;
        InetAddress address = endpoint.isNamed() ? null : endpoint.address().getAddress();
        if (address != null && (address.isAnyLocalAddress() || address.isMulticastAddress())) {
            throw new IllegalArgumentException("the address of one host");
        }
        return new Place(address == null ? endpoint.host() : "", address, port);
    }

    void requireAddress() {
        if (address == null) {
            throw new IllegalArgumentException("an address, and a port behind a blank (none for that of the service)");
        }
    }

    /** Whether packets of all these services can get there. */
    void requireFits(List<ServiceKey> services, Forwarding forwarding) {
        boolean tunnel = forwarding instanceof Forwarding.Tunnel;
        for (ServiceKey service : services) {
            if (!tunnel && address != null && service.ipv6() != address instanceof Inet6Address) {
                throw new IllegalArgumentException((service.ipv6() ? "an IPv6 address" : "an IPv4 address") + ", as "
                        + service + " is, or lvs.method = TUN");
            }
            if (service instanceof ServiceKey.Addressed addressed) {
                requirePort(addressed, forwarding);
            }
        }
        boolean mixed = services.stream().map(ServiceKey::ipv6).distinct().count() > 1;
        if (mixed && !tunnel) {
            throw new IllegalArgumentException(
                    "lvs.method = TUN for it, since virtual.server has IPv4 and IPv6; or a file for each of them");
        }
    }

    private void requirePort(ServiceKey.Addressed service, Forwarding forwarding) {
        if (port != 0 && service.port() == 0) {
            throw new IllegalArgumentException("no port, since " + service + " is for every port");
        }
        boolean changes = port != 0 && port != service.port();
        if (changes && !(forwarding instanceof Forwarding.Nat)) {
            throw new IllegalArgumentException("port " + service.port() + " or none, since " + forwarding
                    + " does not change the port of " + service);
        }
    }

    private static Endpoint endpoint(String host) {
        try {
            return Endpoint.of(host, 0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ALLOWED, e);
        }
    }
}
