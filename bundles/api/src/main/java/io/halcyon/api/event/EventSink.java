package io.halcyon.api.event;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes events in. Thread-safe, never throws. A call waits for the disk, 10 ms at most; who must not wait makes it on a thread of
 * its own.
 */
@ProviderType
public interface EventSink {

    /**
     * Records an event and passes it on to every notifier.
     *
     * @param causes ids of events that caused this one
     * @return the id it was given
     */
    long publish(Event event, List<Long> causes);
}
