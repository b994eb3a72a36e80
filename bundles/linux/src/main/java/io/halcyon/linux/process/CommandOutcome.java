package io.halcyon.linux.process;

import java.time.Duration;

/**
 * How a command ended. Immutable.
 *
 * @param exit exit status, -1 if a signal ended it
 * @param signal number of the signal that ended it, 0 if it ended by itself
 * @param timedOut whether it was ended because its limit was over
 * @param output the last 4 KB of what it wrote to standard output and standard error
 * @param elapsed from start to end
 */
public record CommandOutcome(int exit, int signal, boolean timedOut, String output, Duration elapsed) {

    /** Ended by itself with exit status 0. */
    public boolean succeeded() {
        return exit == 0 && !timedOut;
    }

    /** How it ended, such as {@code exit status 3} or {@code signal 11 (SEGV)}. */
    public String ending() {
        if (timedOut) {
            return "timed out after " + elapsed.toMillis() + " ms, ended by " + (signal == 9 ? "KILL" : "TERM");
        }
        return signal == 0 ? "exit status " + exit : "signal " + signal + Signals.name(signal);
    }

    /** The last line that is not blank, empty if there is none. */
    public String lastLine() {
        var lines = output.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
    }
}
