package io.halcyon.vip.exec;

/**
 * What an attempt brought.
 *
 * @param answer what verify said at the end
 * @param trouble why it failed, empty if it did not
 * @param output what the command that failed printed, the last 4 KB
 */
record Outcome(Answer answer, String trouble, String output) {

    /** Whether this node has the address. */
    enum Answer {
        HERE,
        AWAY,
        /** Verify does not know. */
        UNKNOWN,
        /** It was here before we claimed it. */
        FOREIGN,
        /** The attempt was given up before it did anything, or in the middle of it. */
        DROPPED
    }

    static final Outcome DROPPED = of(Answer.DROPPED);

    static Outcome of(Answer answer) {
        return new Outcome(answer, "", "");
    }

    boolean is(Answer expected) {
        return answer == expected;
    }
}
