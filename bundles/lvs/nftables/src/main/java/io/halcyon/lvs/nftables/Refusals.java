package io.halcyon.lvs.nftables;

import io.halcyon.api.net.AddressText;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.ServiceKey;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What nftables cannot do of a service, by the name of the key. Pure. */
final class Refusals {

    private Refusals() {}

    static List<String> of(Desired desired) {
        var refusals = new ArrayList<String>();
        var service = desired.service();
        if (!Choice.SCHEDULERS.contains(service.scheduler())) {
            refusals.add("lvs.sched = " + service.scheduler().word()
                    + ": nftables does not know how many connections a server has; allowed is rr, wrr, sh, dh, mh or fo, such"
                    + " as 'lvs.sched = wrr' for shares by weight");
        }
        if (service.onePacket()) {
            refusals.add(
                    "ops: nftables spreads connections, for UDP what comes from one port of a client; allowed is no");
        }
        var ofDestinations = new LinkedHashSet<String>();
        desired.destinations().forEach(destination -> add(ofDestinations, service.key(), destination));
        refusals.addAll(ofDestinations);
        return refusals;
    }

    private static void add(Set<String> refusals, ServiceKey key, Destination destination) {
        if (!(destination.forwarding() instanceof Forwarding.Nat)) {
            refusals.add("lvs.method = " + destination.forwarding()
                    + ": nftables translates addresses and does nothing else; allowed is NAT");
        }
        if (destination.upperThreshold() != 0 || destination.lowerThreshold() != 0) {
            refusals.add((destination.upperThreshold() != 0 ? "uthreshold" : "lthreshold")
                    + ": nftables does not know how many connections a server has; allowed is 0");
        }
        if (destination.address() instanceof Inet6Address != key.ipv6()) {
            refusals.add("real.server: " + AddressText.of(destination.address()) + " is of another family than " + key
                    + "; nftables does not change from one to the other");
        }
    }
}
