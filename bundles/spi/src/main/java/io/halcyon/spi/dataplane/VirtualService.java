package io.halcyon.spi.dataplane;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A virtual service: packets it takes, and how it spreads them.
 *
 * @param flags for its scheduler
 * @param persistence null without
 * @param onePacket whether each datagram is spread by itself (UDP only)
 */
public record VirtualService(
        ServiceKey key,
        Scheduler scheduler,
        Set<SchedulerFlag> flags,
        @Nullable Persistence persistence,
        boolean onePacket) {

    public VirtualService {
        flags = Set.copyOf(flags);
    }
}
