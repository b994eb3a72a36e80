package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Short words for what is wanted. */
final class Orders {

    static final Forwarding NAT = new Forwarding.Nat(false);
    static final Forwarding DR = new Forwarding.DirectRouting();

    private Orders() {}

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ServiceKey tcp(String address, int port) {
        return new ServiceKey.Addressed(Transport.TCP, address(address), port);
    }

    static ServiceKey udp(String address, int port) {
        return new ServiceKey.Addressed(Transport.UDP, address(address), port);
    }

    static Forwarding tunnel(Forwarding.Encapsulation encapsulation, int port, Forwarding.Checksum checksum) {
        return new Forwarding.Tunnel(encapsulation, port, checksum);
    }

    static Destination server(String address, int port, Forwarding forwarding, int weight) {
        return new Destination(address(address), port, forwarding, weight, 0, 0);
    }

    static Destination server(String address, int weight) {
        return server(address, 80, NAT, weight);
    }

    static VirtualService service(
            ServiceKey key, Scheduler scheduler, @Nullable Persistence persistence, SchedulerFlag... flags) {
        return new VirtualService(key, scheduler, Set.of(flags), persistence, false);
    }

    static Desired wanted(ServiceKey key, Scheduler scheduler, Destination... destinations) {
        return new Desired(service(key, scheduler, null), List.of(destinations), Leaving.KEEP);
    }

    static Desired ending(ServiceKey key, Scheduler scheduler, Destination... destinations) {
        return new Desired(service(key, scheduler, null), List.of(destinations), Leaving.END);
    }
}
