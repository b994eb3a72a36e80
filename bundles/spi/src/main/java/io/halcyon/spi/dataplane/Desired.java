package io.halcyon.spi.dataplane;

import java.util.List;

/**
 * A virtual service with its destinations, as somebody wants it.
 *
 * @param leaving what becomes of the connections of destinations that it had and has no more
 */
public record Desired(VirtualService service, List<Destination> destinations, Leaving leaving) {

    /** What becomes of connections whose destination leaves. */
    public enum Leaving {
        /** They go on as long as the destination answers. */
        KEEP,
        /** They end at once, as far as the data plane can do that. */
        END
    }

    public Desired {
        destinations = List.copyOf(destinations);
    }
}
