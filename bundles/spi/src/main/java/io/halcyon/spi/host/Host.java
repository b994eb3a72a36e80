package io.halcyon.spi.host;

import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/** The machine's clocks. Thread-safe; every call returns at once. */
@ConsumerType
public interface Host {

    /** {@code CLOCK_MONOTONIC} in nanoseconds: stands still while the machine is suspended. */
    long monotonicNanos();

    /** {@code CLOCK_BOOTTIME} in nanoseconds: goes on while the machine is suspended, as leases of addresses do not. */
    long boottimeNanos();

    /** Wall clock, for people only; may jump. */
    Instant wallClock();

    /** A place where one thread waits. */
    Parker newParker();

    /**
     * Makes the calling thread go before other work of the machine, as far as that is configured and permitted.
     *
     * @param first whether also before others that asked for this
     */
    default void urgent(boolean first) {}

    /** Who watches this process. */
    default Supervisor supervisor() {
        return Supervisor.NONE;
    }
}
