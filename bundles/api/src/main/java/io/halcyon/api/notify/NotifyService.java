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
}
