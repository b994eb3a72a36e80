package io.halcyon.api.notify;

import io.halcyon.api.event.EventRecord;
import java.time.Instant;

/**
 * An event that a notifier gave up; it is kept until somebody has it sent again or removes it.
 *
 * @param event what was to be told
 * @param at wall clock time when it was given up
 * @param attempts how often it was tried
 * @param reason why it was given up; never contains a secret
 */
public record DeadLetter(EventRecord event, Instant at, int attempts, String reason) {}
