package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a service, in the kernel's terms.
 *
 * @param parting what becomes of destinations that leave, but for those that end
 * @param ending those that leave and whose connections end, whatever became of others before; null for all
 */
record Wish(
        ServiceKey key,
        ServiceSettings settings,
        Map<DestinationKey, DestinationSettings> destinations,
        Parting parting,
        @Nullable Set<DestinationKey> ending) {

    /** How a destination leaves. */
    enum Parting {
        /** It goes, and its connections wait in vain for it to come back. */
        LEAVE,
        /** It stays without new connections until it has none. */
        LINGER,
        /** It goes, and its connections end. */
        END
    }

    /** With everybody who leaves, if connections are to end. */
    static Wish of(Desired desired, boolean quiescentTemplatesExpire) {
        return of(desired, quiescentTemplatesExpire, desired.leaving() == Desired.Leaving.END ? null : Set.of());
    }

    static Wish of(Desired desired, boolean quiescentTemplatesExpire, @Nullable Set<DestinationKey> ending) {
        Map<DestinationKey, DestinationSettings> destinations = new LinkedHashMap<>();
        for (Destination destination : desired.destinations()) {
            destinations.put(DestinationKey.of(destination), DestinationSettings.of(destination));
        }
        VirtualService service = desired.service();
        return new Wish(
                service.key(),
                ServiceSettings.of(service),
                destinations,
                keeping(service, quiescentTemplatesExpire),
                ending);
    }

    /** How one that is there and not wanted leaves. */
    Parting partingOf(DestinationKey leaving) {
        return ending == null || ending.contains(leaving) ? Parting.END : parting;
    }

    /**
     * The kernel drops the packets of connections whose destination is gone, so it must stay for them. It cannot stay where
     * that would give it new ones: persistent clients come back to it although its weight is 0, and the hash schedulers keep
     * on choosing it. Datagrams have no end that could be waited for; dropped, they would be for minutes, so they go to
     * another destination.
     */
    private static Parting keeping(VirtualService service, boolean quiescentTemplatesExpire) {
        if (!(service.key() instanceof ServiceKey.Addressed addressed)) {
            return Parting.LEAVE;
        }
        if (addressed.transport() == Transport.UDP) {
            return Parting.END;
        }
        boolean chosenAgain =
                refusesClientsOfQuiescent(service) || (service.persistence() != null && !quiescentTemplatesExpire);
        return chosenAgain ? Parting.LEAVE : Parting.LINGER;
    }

    /** Whether clients of a destination whose weight is 0 are refused and not moved: hashes choose without looking at it. */
    static boolean refusesClientsOfQuiescent(VirtualService service) {
        return switch (service.scheduler()) {
            case DH -> true;
                // The flag says that they look further.
            case SH, MH -> !service.flags().contains(SchedulerFlag.FLAG_1);
            default -> false;
        };
    }
}
