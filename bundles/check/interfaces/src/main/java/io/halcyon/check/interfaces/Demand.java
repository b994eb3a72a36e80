package io.halcyon.check.interfaces;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.KernelLink;
import io.halcyon.linux.socket.LinkMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each interface has to be. Immutable.
 *
 * @param carrier whether its cable must be in
 * @param leastMegabits 0 for any speed
 * @param fullDuplex whether both sides must be able to send at once
 * @param addresses each must be there
 */
record Demand(boolean carrier, int leastMegabits, boolean fullDuplex, List<WantedAddress> addresses) {

    Demand {
        addresses = List.copyOf(addresses);
    }

    boolean asksForAddresses() {
        return !addresses.isEmpty();
    }

    /**
     * What is wrong with an interface, null if nothing is.
     *
     * @param link null if there is none of that name
     * @param present addresses of the machine
     */
    @Nullable
    String faultOf(@Nullable KernelLink link, List<KernelAddress> present) throws LinuxException {
        if (link == null) {
            return "does not exist";
        }
        if (!link.has(KernelLink.UP)) {
            return "is down";
        }
        if (carrier && !link.carrier()) {
            return "has no carrier";
        }
        var slow = leastMegabits > 0 || fullDuplex ? faultOf(LinkMode.of(link.name())) : null;
        return slow == null ? missing(link, present) : slow;
    }

    private @Nullable String faultOf(LinkMode mode) {
        if (leastMegabits > 0 && mode.megabits() < leastMegabits) {
            var speed = mode.megabits() < 0 ? "an unknown speed" : mode.megabits() + " Mbit/s";
            return "has " + speed + ", speed.min is " + leastMegabits;
        }
        return fullDuplex && !mode.fullDuplex() ? "is not full duplex" : null;
    }

    private @Nullable String missing(KernelLink link, List<KernelAddress> present) {
        return addresses.stream()
                .filter(wanted -> present.stream().noneMatch(each -> each.index() == link.index() && wanted.fits(each)))
                .map(wanted -> "has no address " + wanted)
                .findFirst()
                .orElse(null);
    }
}
