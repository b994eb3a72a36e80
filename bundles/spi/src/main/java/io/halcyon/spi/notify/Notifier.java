package io.halcyon.spi.notify;

import io.halcyon.api.event.EventRecord;
import org.osgi.annotation.versioning.ConsumerType;

/** Tells somebody of one event at a time, in order, on a worker thread of its own. */
@ConsumerType
public interface Notifier {

    /**
     * Delivers an event. An event that was delivered but not acknowledged may come again with the same id.
     *
     * @throws DeliveryException if it was not delivered
     * @throws InterruptedException if the notifier is being closed
     */
    void deliver(EventRecord event) throws DeliveryException, InterruptedException;

    /** Called once, after the last delivery ended. */
    default void close() {}
}
