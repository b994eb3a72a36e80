package io.halcyon.spi.dataplane;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Spreads connections over servers. Thread-safe. Register it as a service. */
@ConsumerType
public interface Dataplane {

    /** Value of a virtual server's configuration key {@code dataplane}, such as {@code ipvs}. */
    String name();

    /**
     * Which data plane a virtual server gets that names none: of those without {@link #limits}, the one with the highest
     * number. {@code ipvs} has 100, {@code nftables} 50.
     */
    int preference();

    /**
     * What it cannot carry out of a service, a sentence each that begins with the configuration key, such as {@code lvs.sched =
     * lc: ...}; returns at once.
     */
    List<String> refusals(Desired desired);

    /**
     * What must hold elsewhere for a service to work, a sentence each: sysctls of real servers, routes, MTU; returns at
     * once.
     */
    default List<String> needs(Desired desired) {
        return List.of();
    }

    /** Why it cannot work on this host at all and what would cure that, a sentence each; empty if it can. Returns at once. */
    default List<String> limits() {
        return List.of();
    }

    /**
     * Opens the table of services; there is one at a time. Returns at once; what goes wrong is told to the listener.
     *
     * @param listener called from the data plane's thread; must return at once
     */
    ServiceTable open(DataplaneListener listener);
}
