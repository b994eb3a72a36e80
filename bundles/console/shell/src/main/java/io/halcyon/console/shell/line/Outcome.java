package io.halcyon.console.shell.line;

/** Puts into words how a line ended. */
final class Outcome {

    private Outcome() {}

    static String sentence(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.strip();
    }
}
