package io.halcyon.testkit;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Services that a data plane takes or refuses, each with one thing that is special. */
public final class DataplaneProbes {

    private static final Forwarding NAT = new Forwarding.Nat(false);

    private DataplaneProbes() {}

    /**
     * One of them.
     *
     * @param name what a refusal begins with: the key and, where only some of its values are refused, the value
     */
    public record Probe(String name, Desired desired) {}

    /** All of them. */
    public static List<Probe> all() {
        var probes = new ArrayList<Probe>();
        for (var scheduler : Scheduler.values()) {
            probes.add(new Probe("lvs.sched = " + scheduler.word(), tcp(scheduler, NAT, 0)));
        }
        probes.add(new Probe("lvs.method = DR", tcp(Scheduler.RR, new Forwarding.DirectRouting(), 0)));
        probes.add(new Probe(
                "lvs.method = TUN",
                tcp(
                        Scheduler.RR,
                        new Forwarding.Tunnel(Forwarding.Encapsulation.IPIP, 0, Forwarding.Checksum.NOCSUM),
                        0)));
        probes.add(new Probe("masquerade", tcp(Scheduler.RR, new Forwarding.Nat(true), 0)));
        probes.add(new Probe("uthreshold", tcp(Scheduler.RR, NAT, 100)));
        probes.add(new Probe("ops", of(Transport.UDP, 53, null, true)));
        probes.add(new Probe("protocol = SCTP", of(Transport.SCTP, 80, null, false)));
        probes.add(new Probe("persistence.timeout", of(Transport.TCP, 0, new Persistence(300, 24), false)));
        return probes;
    }

    private static Desired of(Transport transport, int port, @Nullable Persistence persistence, boolean onePacket) {
        var key = new ServiceKey.Addressed(transport, virtual(), port);
        return desired(
                new VirtualService(key, Scheduler.RR, Set.of(), persistence, onePacket),
                new Destination(ServerFarm.server(1), port, NAT, 1, 0, 0));
    }

    private static Desired tcp(Scheduler scheduler, Forwarding forwarding, long upperThreshold) {
        var key = new ServiceKey.Addressed(Transport.TCP, virtual(), 80);
        return desired(
                new VirtualService(key, scheduler, Set.of(), null, false),
                new Destination(ServerFarm.server(1), 80, forwarding, 1, upperThreshold, 0));
    }

    private static Desired desired(VirtualService service, Destination destination) {
        return new Desired(service, List.of(destination), Desired.Leaving.KEEP);
    }

    private static InetAddress virtual() {
        return ServerFarm.virtual(1);
    }
}
