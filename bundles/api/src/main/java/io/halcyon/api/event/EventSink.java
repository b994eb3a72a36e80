package io.halcyon.api.event;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Takes events in. Thread-safe, never blocks, never throws. */
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
