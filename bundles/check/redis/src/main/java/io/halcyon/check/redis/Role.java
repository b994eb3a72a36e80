package io.halcyon.check.redis;

/** What a server has to be. */
enum Role {
    ANY("any"),
    MASTER("master"),
    REPLICA("slave");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** What {@code INFO} calls it. */
    String word() {
        return word;
    }

    /** Whether this is what {@code INFO} calls it. */
    boolean isCalled(String role) {
        return this == ANY || word.equals(role);
    }

    /** What a person calls what {@code INFO} calls so. */
    static String nameOf(String role) {
        return role.equals(REPLICA.word) ? "replica" : role;
    }
}
