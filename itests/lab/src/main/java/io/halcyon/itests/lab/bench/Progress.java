package io.halcyon.itests.lab.bench;

import java.io.PrintStream;

/** Tells a person who waits what is being measured. */
final class Progress {

    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String text) {
        long seconds = (System.nanoTime() - startNanos) / 1_000_000_000;
        out.printf("bench %2d:%02d  %s%n", seconds / 60, seconds % 60, text);
    }
}
