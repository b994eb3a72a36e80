package io.halcyon.api.notify;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Notifiers that have no file of their own: the scripts of a virtual server. They are queued, listed and tried again like all
 * others. Thread-safe, returns at once.
 */
@ProviderType
public interface NotifierDefinitions {

    /** What {@link #judge} has against a definition: a key, what is allowed for it, and a suggestion, which may be empty. */
    record Objection(String key, String allowed, String suggestion) {}

    /**
     * Looks whether a notifier could be made; changes nothing. What belongs to the type alone is not judged while the type is
     * not installed.
     *
     * @param keys as in a notifier's file
     * @return empty if it could
     */
    Optional<Objection> judge(Map<String, String> keys);

    /**
     * Makes these notifiers those of an owner: new ones begin, those that are equal go on undisturbed, and those that are not
     * among them end, with what they have kept. A definition that would be refused is made nevertheless, and waits with the
     * reason. What waits outlives a restart, and is forgotten when the owner defines its notifiers without that one: an owner
     * that has gone meanwhile should define none once.
     *
     * @param owner who wants them; begins the names of all of them, with a slash behind it; no owner's name begins another's in
     *     that way
     * @param notifiers keys by name
     */
    void define(String owner, Map<String, Map<String, String>> notifiers);
}
