package io.halcyon.console.shell.line;

/** Begins talks with persons at terminals. Called from several threads at once. */
@FunctionalInterface
interface Talker {

    Talk begin(FrameTerminal terminal);
}
