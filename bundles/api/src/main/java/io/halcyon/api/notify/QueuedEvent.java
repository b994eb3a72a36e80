package io.halcyon.api.notify;

import io.halcyon.api.event.EventRecord;

/**
 * An event that waits for a notifier.
 *
 * @param attempts how often it was tried; 0 for all but the first in the queue
 * @param lastError why the last attempt failed, empty if none did; never contains a secret
 */
public record QueuedEvent(EventRecord event, int attempts, String lastError) {}
