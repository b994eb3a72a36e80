package io.halcyon.spi.host;

import org.osgi.annotation.versioning.ConsumerType;

/** Where one thread waits until a deadline or until somebody wakes it. */
@ConsumerType
public interface Parker {

    /**
     * Waits. May return early; a call of {@link #unpark()} since the last return makes it return at once.
     *
     * @param deadlineNanos on {@link Host#monotonicNanos()}; {@link Long#MAX_VALUE} means for ever
     */
    void park(long deadlineNanos);

    /** Wakes the waiting thread. Thread-safe. */
    void unpark();
}
