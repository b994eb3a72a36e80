package io.halcyon.spi.dataplane;

import io.halcyon.api.net.AddressText;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which packets a virtual service takes; no two services have the same. */
public sealed interface ServiceKey {

    /** Whether its packets are IPv6. */
    boolean ipv6();

    /**
     * Packets to an address.
     *
     * @param transport their protocol
     * @param address their destination
     * @param port 1-65535, 0 for every port (persistent services only)
     */
    record Addressed(Transport transport, InetAddress address, int port) implements ServiceKey {
        @Override
        public boolean ipv6() {
            return address instanceof Inet6Address;
        }

        @Override
        public String toString() {
            return "[" + AddressText.of(address) + "]:" + transport.word() + ":" + port;
        }
    }

    /**
     * Packets that a firewall has marked.
     *
     * @param mark 1 to 2^31-1
     */
    record Marked(int mark, boolean ipv6) implements ServiceKey {
        @Override
        public String toString() {
            return "FWM " + mark;
        }
    }
}
