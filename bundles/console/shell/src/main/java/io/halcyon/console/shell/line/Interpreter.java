package io.halcyon.console.shell.line;

import java.io.PrintStream;

/** Runs command lines. Called from several threads at once. */
@FunctionalInterface
interface Interpreter {

    /** Runs a line, writes its output and says its exit code. Returns soon when interrupted. */
    int run(String line, Caller caller, PrintStream out, PrintStream err);
}
