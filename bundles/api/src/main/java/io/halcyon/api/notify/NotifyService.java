package io.halcyon.api.notify;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Reads notifiers and tries one out. Thread-safe. */
@ProviderType
public interface NotifyService {

    /** All notifiers, by name. */
    List<NotifierStatus> notifiers();

    /**
     * Sends a trial message past the queue and waits for the outcome, at most 35 s.
     *
     * @return empty when it was delivered, otherwise what went wrong
     * @throws IllegalArgumentException if there is no such notifier or its type is not installed
     */
    String test(String name) throws InterruptedException;

    /**
     * What waits for a notifier, oldest first.
     *
     * @param limit how many at most, 1 to 10,000
     * @throws IllegalArgumentException if there is no such notifier
     */
    List<QueuedEvent> queue(String name, int limit);

    /**
     * What a notifier gave up, oldest first.
     *
     * @throws IllegalArgumentException if there is no such notifier
     */
    List<DeadLetter> dead(String name);

    /**
     * Tries again at once: what waits for its next attempt, and dead letters, which leave their place for the queue.
     *
     * @param ids events whose dead letters are to be sent again, empty for all of them
     * @return how many dead letters were queued again
     * @throws IllegalArgumentException if there is no such notifier or one of the ids has no dead letter there
     */
    int retry(String name, List<Long> ids);

    /**
     * Removes dead letters for good.
     *
     * @param ids of their events, empty for all of them
     * @return how many were removed
     * @throws IllegalArgumentException if there is no such notifier or one of the ids has no dead letter there
     */
    int forget(String name, List<Long> ids);
}
