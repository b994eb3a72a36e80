package io.halcyon.api.check;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard: register one as a service to be told of every verdict.
 *
 * <p>A new listener is told all current verdicts first. Calls come from the check engine's threads, in order per
 * check, and must return at once.
 */
@ConsumerType
public interface VerdictListener {

    /** A verdict is there or has changed (also when only its reason or weight did). */
    void onVerdict(Verdict verdict);

    /** The check's configuration was removed. */
    void onVerdictRemoved(String name);

    /**
     * The same with the event that told of it.
     *
     * @param eventId its id, 0 if none
     */
    default void onVerdictRemoved(String name, long eventId) {
        onVerdictRemoved(name);
    }
}
