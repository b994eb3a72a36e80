package io.halcyon.settings;

/**
 * A configuration that was refused, in one line: file, key, value, what is allowed, and a suggestion where there is one.
 *
 * <p>It carries no stack trace: it tells of a person's mistake, not of ours.
 */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final String key;
    private final String value;
    private final String allowed;
    private final String suggestion;

    /** A refused value; an empty suggestion is left out. */
    Refusal(String file, String key, String value, String allowed, String suggestion) {
        this(file, key, value, allowed, " = " + value + " is refused: ", suggestion);
    }

    private Refusal(String file, String key, String value, String allowed, String verdict, String suggestion) {
        super(
                file + ": " + key + verdict + "allowed is " + allowed
                        + (suggestion.isEmpty() ? "" : "; did you mean " + suggestion + "?"),
                null,
                false,
                false);
        this.file = file;
        this.key = key;
        this.value = value;
        this.allowed = allowed;
        this.suggestion = suggestion;
    }

    /** A key that must be given and is not. */
    static Refusal missing(String file, String key, String allowed) {
        return new Refusal(file, key, "", allowed, " is missing: ", "");
    }

    /** A second file for a name. */
    static Refusal taken(String file, String name, String owner) {
        return new Refusal(file, "name", name, "one file per name; " + owner + " has it", "");
    }

    /** Path of the file, or the object's name if there is none. */
    public String file() {
        return file;
    }

    public String key() {
        return key;
    }

    /** The refused value; {@code ***} for a secret, empty for a missing key. */
    public String value() {
        return value;
    }

    public String allowed() {
        return allowed;
    }

    /** What was probably meant, empty if nobody can say. */
    public String suggestion() {
        return suggestion;
    }
}
