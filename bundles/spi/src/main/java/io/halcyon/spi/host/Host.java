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

    /** Who watches this process. */
    default Supervisor supervisor() {
        return Supervisor.NONE;
    }
}
