package io.halcyon.api.check;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Checks that have no file of their own: those of real servers. They look, are listed, told and held like all others.
 * Thread-safe, returns at once.
 */
@ProviderType
public interface CheckDefinitions {

    /** What {@link #judge} has against a definition: a key, what is allowed for it, and a suggestion, which may be empty. */
    record Objection(String key, String allowed, String suggestion) {}

    /**
     * Looks whether a check could be made; changes nothing. What belongs to the type alone is not judged while the type is not
     * installed.
     *
     * @param keys as in a check's file
     * @return empty if it could
     */
    Optional<Objection> judge(Map<String, String> keys);

    /**
     * Makes these checks those of an owner: new ones begin, those that are equal go on undisturbed, and those that are not
     * among them end. A definition that would be refused is made nevertheless, and stays UNKNOWN with the reason. What is held
     * by hand outlives a restart, and is forgotten when the owner defines others without that one. An owner that defines none
     * rests: what is held is held again when it comes back. So does one that has gone without a word, when nobody has tracked any
     * of its checks for ten minutes.
     *
     * @param owner who wants them; begins the names of all of them, with a slash behind it; no owner's name begins another's in
     *     that way
     * @param checks keys by name; a name has a slash, as no file's check has
     */
    void define(String owner, Map<String, Map<String, String>> checks);

    /** An owner has gone for good, now or in an earlier run: its checks end, and what is held of them by hand is forgotten. */
    void forget(String owner);
}
