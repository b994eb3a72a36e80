package io.halcyon.api.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Reads what happened. Thread-safe. */
@ProviderType
public interface EventLog {

    /** The last events, at most {@code limit} and at most 1,000, oldest first. */
    List<EventRecord> last(int limit);

    /**
     * The last events that a filter wants, oldest first; looks through everything that the journal on disk holds.
     *
     * @param limit how many at most, 1 to 10,000
     */
    List<EventRecord> search(EventFilter filter, int limit);

    /** One event by its id, empty if there is none or it has been forgotten. */
    Optional<EventRecord> event(long id);

    /**
     * The next events after the one of that id, oldest first; waits for the first of them.
     *
     * <p>Where the first one's id is not the next number, those between are forgotten already: the reader was too slow.
     *
     * @param id of the last event that the reader knows, 0 for none
     * @param limit how many at most
     * @param patience how long to wait for the first
     * @return empty if none came meanwhile
     */
    List<EventRecord> after(long id, int limit, Duration patience) throws InterruptedException;
}
