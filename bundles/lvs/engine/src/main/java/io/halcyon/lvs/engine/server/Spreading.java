package io.halcyon.lvs.engine.server;

import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a virtual server spreads.
 *
 * @param dataplane name of the data plane that is wanted, empty for the best there is
 * @param persistence null without
 * @param onePacket whether each datagram is spread by itself
 * @param forwarding of real servers without one of their own
 */
public record Spreading(
        String dataplane,
        Scheduler scheduler,
        Set<SchedulerFlag> flags,
        @Nullable Persistence persistence,
        boolean onePacket,
        Forwarding forwarding) {

    public Spreading {
        flags = Set.copyOf(flags);
    }
}
