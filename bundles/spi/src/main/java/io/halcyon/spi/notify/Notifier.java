package io.halcyon.spi.notify;

import io.halcyon.api.event.EventKind;
import io.halcyon.api.event.EventRecord;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Tells somebody of one event at a time, in order, on a worker thread of its own. */
@ConsumerType
public interface Notifier {

    /**
     * Delivers an event. An event that was delivered but not acknowledged may come again with the same id.
     *
     * <p>Any other exception that is unchecked means a defect of the notifier: the event becomes a dead letter at once.
     *
     * @throws DeliveryException if it was not delivered
     * @throws InterruptedException if {@code delivery.timeout} (60 s unless configured) is over or the notifier is being closed;
     *     the event comes again
     */
    void deliver(EventRecord event) throws DeliveryException, InterruptedException;

    /**
     * Keys that it was made with and that are for one kind of event only, such as a script to be run for it. If it is not told of
     * that kind, the engine warns that the key does nothing.
     */
    default Map<String, EventKind> kindsByKey() {
        return Map.of();
    }

    /** Called once, after the last delivery ended. */
    default void close() {}
}
