package io.halcyon.lvs.engine.server;

import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.Transport;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a virtual server spreads.
 *
 * @param dataplane name of the data plane that is wanted, empty for the best there is
 * @param transport protocol of connections, of marked ones as well
 * @param persistence null without
 * @param onePacket whether each datagram is spread by itself
 */
public record Spreading(
        String dataplane,
        Transport transport,
        Scheduler scheduler,
        Set<SchedulerFlag> flags,
        @Nullable Persistence persistence,
        boolean onePacket) {

    public Spreading {
        flags = Set.copyOf(flags);
    }
}
