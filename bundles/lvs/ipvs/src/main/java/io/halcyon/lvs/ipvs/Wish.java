package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is wanted of a service, in the kernel's terms.
 *
 * @param parting what becomes of destinations that leave
 */
record Wish(
        ServiceKey key, ServiceSettings settings, Map<DestinationKey, DestinationSettings> destinations, Parting parting) {

    /** How a destination leaves. */
    enum Parting {
        /** It goes, and its connections wait in vain for it to come back. */
        LEAVE,
        /** It stays without new connections until it has none. */
        LINGER,
        /** It goes, and its connections end. */
        END
    }

    static Wish of(Desired desired, boolean quiescentTemplatesExpire) {
        Map<DestinationKey, DestinationSettings> destinations = new LinkedHashMap<>();
        for (Destination destination : desired.destinations()) {
            destinations.put(DestinationKey.of(destination), DestinationSettings.of(destination));
        }
        VirtualService service = desired.service();
        return new Wish(
                service.key(),
                ServiceSettings.of(service),
                destinations,
                desired.leaving() == Desired.Leaving.END ? Parting.END : keeping(service, quiescentTemplatesExpire));
    }

    /**
     * The kernel drops the packets of connections whose destination is gone, so it must stay for them. It cannot stay where
     * that would give it new ones: persistent clients come back to it although its weight is 0, and the hash schedulers keep
     * on choosing it. Datagrams have no end that could be waited for.
     */
    private static Parting keeping(VirtualService service, boolean quiescentTemplatesExpire) {
        boolean connections =
                service.key() instanceof ServiceKey.Addressed addressed && addressed.transport() != Transport.UDP;
        boolean chosenAgain = service.scheduler() == Scheduler.DH
                || service.scheduler() == Scheduler.SH && !service.flags().contains(SchedulerFlag.FLAG_1)
                || service.persistence() != null && !quiescentTemplatesExpire;
        return connections && !chosenAgain ? Parting.LINGER : Parting.LEAVE;
    }
}
