package io.halcyon.api.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notifier at one moment.
 *
 * @param name name, as in {@code io.halcyon.notify-NAME.cfg}, or with a slash if it has no file
 * @param type type name, such as {@code smtp}
 * @param state {@code idle}, {@code delivering}, {@code retrying in N s}, {@code collecting N events}, {@code waiting for
 *     type X}, {@code refused}
 * @param queued events that wait
 * @param delivered events delivered since the start
 * @param failed attempts that failed since the start
 * @param lost events that the journal could not keep until they were delivered, since the start
 * @param dead events that were given up and are kept for a person
 * @param oldest wall clock time of the oldest event that waits, null if none does
 * @param lastDelivery wall clock time of the last success, null if none
 * @param lastError text of the last failure, empty if none; never contains a secret
 */
public record NotifierStatus(
        String name,
        String type,
        String state,
        int queued,
        long delivered,
        long failed,
        long lost,
        int dead,
        @Nullable Instant oldest,
        @Nullable Instant lastDelivery,
        String lastError) {}
