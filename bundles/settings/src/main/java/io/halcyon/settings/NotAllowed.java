package io.halcyon.settings;

/** A value is not allowed; whoever knows file and key makes a {@link Refusal} of it. */
final class NotAllowed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String allowed;
    private final String suggestion;

    NotAllowed(String allowed) {
        this(allowed, "");
    }

    NotAllowed(String allowed, String suggestion) {
        super(allowed, null, false, false);
        this.allowed = allowed;
        this.suggestion = suggestion;
    }

    String allowed() {
        return allowed;
    }

    String suggestion() {
        return suggestion;
    }
}
