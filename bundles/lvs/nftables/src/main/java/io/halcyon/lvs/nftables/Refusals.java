package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What nftables cannot do of a service, by the name of the key, and what to write instead. Pure. */
final class Refusals {

    private static final String OR_IPVS = ", or 'dataplane = ipvs' where the kernel has IPVS";
    private static final String NOBODY_COUNTS = "nftables does not know how many connections a server has; allowed is ";

    private Refusals() {}

    static List<String> of(Desired desired) {
        var refusals = new ArrayList<String>();
        var service = desired.service();
        if (!Choice.SCHEDULERS.contains(service.scheduler())) {
            refusals.add("lvs.sched = " + service.scheduler().word() + ": " + NOBODY_COUNTS
                    + "rr, wrr, sh, dh, mh or fo: write 'lvs.sched = wrr' for shares by weight"
                    + (service.scheduler() == Scheduler.WLC ? " (without the key it is wlc)" : "") + OR_IPVS);
        }
        if (service.onePacket()) {
            refusals.add("ops = yes: nftables spreads connections, for UDP all that comes from one port of a client;"
                    + " allowed is no: write 'ops = no'" + OR_IPVS);
        }
        if (Choice.hasPlaces(service) && desired.destinations().size() > Shares.MOST_PLACES) {
            refusals.add("lvs.sched = " + service.scheduler().word() + ": there are "
                    + desired.destinations().size() + " real servers; allowed is this scheduler with at most "
                    + Shares.MOST_PLACES + ": write 'lvs.sched = rr'" + OR_IPVS);
        }
        var ofDestinations = new LinkedHashSet<String>();
        desired.destinations().forEach(destination -> add(ofDestinations, service.key(), destination));
        refusals.addAll(ofDestinations);
        return refusals;
    }

    private static void add(Set<String> refusals, ServiceKey key, Destination destination) {
        if (!(destination.forwarding() instanceof Forwarding.Nat)) {
            refusals.add("lvs.method = " + destination.forwarding()
                    + ": nftables translates addresses and does nothing else; allowed is NAT: write 'lvs.method = NAT', and"
                    + " 'masquerade = yes' where real servers do not answer by way of this host" + OR_IPVS);
        }
        threshold(refusals, "uthreshold", destination.upperThreshold());
        threshold(refusals, "lthreshold", destination.lowerThreshold());
        if (destination.address() instanceof Inet6Address != key.ipv6()) {
            refusals.add("real.server = " + destination + ": is of another family than " + key
                    + ", and nftables does not change from one to the other; allowed is an address of "
                    + (key.ipv6() ? "IPv6" : "IPv4"));
        }
    }

    private static void threshold(Set<String> refusals, String key, long connections) {
        if (connections != 0) {
            refusals.add(key + " = " + connections + ": " + NOBODY_COUNTS + "0: write '" + key + " = 0'" + OR_IPVS);
        }
    }
}
