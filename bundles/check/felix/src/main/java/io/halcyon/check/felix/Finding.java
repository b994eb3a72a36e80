package io.halcyon.check.felix;

import org.apache.felix.hc.api.Result;

/**
 * What one health check said. Immutable.
 *
 * @param name its name
 * @param status its status
 * @param message what it said about that, one line, maybe empty
 */
record Finding(String name, Result.Status status, String message) {

    private static final int LONGEST_MESSAGE = 200;

    /** A result and the first thing it says about its status. */
    static Finding of(String name, Result result) {
        var status = result.getStatus();
        for (var entry : result) {
            if (entry.getStatus() == status && !entry.isDebug()) {
                return new Finding(name, status, oneLine(entry.getMessage()));
            }
        }
        return new Finding(name, status, "");
    }

    static Finding failed(String name, Throwable failure) {
        return new Finding(name, Result.Status.HEALTH_CHECK_ERROR, oneLine(failure.toString()));
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }

    boolean isOk() {
        return status == Result.Status.OK;
    }

    /** Name, status and message, for a person. */
    @Override
    public String toString() {
        return name + " " + status + (message.isEmpty() ? "" : ": " + message);
    }
}
