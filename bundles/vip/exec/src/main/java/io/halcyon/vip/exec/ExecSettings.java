package io.halcyon.vip.exec;

import io.halcyon.linux.process.ScriptUser;

/**
 * Checked configuration of one manager. Immutable.
 *
 * @param timeoutMillis limit of one run
 * @param verifyNanos time between two looks at an address that is held
 * @param retryNanos time before a failed attempt is repeated first
 * @param parallel commands at the same time
 * @param secret for the commands, empty for none
 */
record ExecSettings(
        CommandTemplate claim,
        CommandTemplate release,
        CommandTemplate verify,
        ScriptUser user,
        long timeoutMillis,
        long verifyNanos,
        long retryNanos,
        int parallel,
        String secret) {

    private static final String MASK = "***";

    /** A text of a command without what it should not have printed. */
    String masked(String text) {
        return secret.isEmpty() ? text : text.replace(secret, MASK);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "claim = " + claim.words().get(0);
    }
}
