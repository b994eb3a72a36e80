package io.halcyon.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs a command of the machine, such as {@code ip}, in the calling thread's namespaces. */
public final class Command {

    private static final int LIMIT_SECONDS = 20;

    private Command() {}

    /**
     * Waits for the command and returns its output.
     *
     * @throws AssertionError if it fails, with what it printed
     */
    public static String run(String... command) {
        return fed("", command);
    }

    /** {@link #run} with something to read, such as {@code ip -batch -} and its lines; no more than a pipe holds. */
    public static String fed(String input, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream words = process.getOutputStream()) {
                words.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " takes too long");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + output.strip());
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(String.join(" ", command) + " was interrupted", interrupted);
        }
    }

    /** {@link #run} of words separated by single spaces. */
    public static String line(String words) {
        return run(words.split(" ", -1));
    }
}
