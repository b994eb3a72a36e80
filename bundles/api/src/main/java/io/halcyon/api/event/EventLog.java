package io.halcyon.api.event;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Reads what happened. Thread-safe. */
@ProviderType
public interface EventLog {

    /** The last events, at most {@code limit} and at most 1,000, oldest first. */
    List<EventRecord> last(int limit);
}
