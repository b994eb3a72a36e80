package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What IPVS cannot carry out of a service. */
final class Refusals {

    private final SchedulerModules modules;

    Refusals(SchedulerModules modules) {
        this.modules = modules;
    }

    List<String> of(Desired desired) {
        List<String> refusals = new ArrayList<>(ofService(desired.service()));
        Set<DestinationKey> seen = new HashSet<>();
        for (Destination destination : desired.destinations()) {
            if (!seen.add(DestinationKey.of(destination))) {
                refusals.add("real.server = " + destination
                        + ": is there twice; IPVS knows real servers of a service by" + " address and port");
            }
            refusals.addAll(ofDestination(desired.service().key(), destination));
        }
        // What is true of all real servers is said once.
        return refusals.stream().distinct().toList();
    }

    private List<String> ofService(VirtualService service) {
        List<String> refusals = new ArrayList<>();
        if (modules.lacks(service.scheduler())) {
            String word = service.scheduler().word();
            refusals.add("lvs.sched = " + word + ": this kernel has no module ip_vs_" + word);
        }
        if (service.key() instanceof ServiceKey.Addressed addressed) {
            if (addressed.port() == 0 && service.persistence() == null) {
                refusals.add("virtual.server = " + addressed
                        + ": all ports only with persistence.timeout; a fwmark does it without");
            }
            if (service.onePacket() && addressed.transport() != Transport.UDP) {
                refusals.add("ops = true: only datagrams are spread one by one, allowed is protocol = UDP");
            }
        }
        return refusals;
    }

    private static List<String> ofDestination(ServiceKey service, Destination destination) {
        List<String> refusals = new ArrayList<>();
        Forwarding forwarding = destination.forwarding();
        if (forwarding instanceof Forwarding.Nat nat && nat.masquerade()) {
            refusals.add("masquerade = true: IPVS keeps the client's address; dataplane = nftables can replace it");
        }
        if (!(forwarding instanceof Forwarding.Nat) && service instanceof ServiceKey.Addressed addressed) {
            boolean same = destination.port() == 0 || destination.port() == addressed.port();
            if (!same && addressed.port() != 0) {
                refusals.add("lvs.method = " + forwarding + ": packets reach " + destination
                        + " as they are, allowed is port " + addressed.port());
            }
        }
        boolean ipv6 = destination.address() instanceof Inet6Address;
        if (ipv6 != service.ipv6() && !(forwarding instanceof Forwarding.Tunnel)) {
            refusals.add("real.server = " + destination + ": is of another family than " + service
                    + ", which works with lvs.method = TUN only");
        }
        if (ipv6 && destination.address().isLinkLocalAddress()) {
            refusals.add("real.server = " + destination + ": IPVS cannot say on which link a link-local address is");
        }
        if (destination.lowerThreshold() > destination.upperThreshold()) {
            refusals.add("lthreshold = " + destination.lowerThreshold() + ": " + destination + " has uthreshold = "
                    + destination.upperThreshold() + ", allowed is at most that");
        }
        if (forwarding instanceof Forwarding.Tunnel tunnel) {
            refusals.addAll(ofTunnel(tunnel));
        }
        return refusals;
    }

    private static List<String> ofTunnel(Forwarding.Tunnel tunnel) {
        List<String> refusals = new ArrayList<>();
        boolean gue = tunnel.encapsulation() == Forwarding.Encapsulation.GUE;
        if (gue && tunnel.port() == 0) {
            refusals.add("lvs.method = TUN gue: has no port, such as 'TUN gue port 6080'");
        }
        if (tunnel.encapsulation() == Forwarding.Encapsulation.IPIP
                && tunnel.checksum() != Forwarding.Checksum.NOCSUM) {
            refusals.add("lvs.method = TUN ipip: has no checksum, allowed are gue and gre");
        }
        if (!gue && tunnel.checksum() == Forwarding.Checksum.REMCSUM) {
            refusals.add("lvs.method = TUN: remcsum is for gue only");
        }
        return refusals;
    }
}
