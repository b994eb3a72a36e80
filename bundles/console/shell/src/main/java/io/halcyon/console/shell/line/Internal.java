package io.halcyon.console.shell.line;

import java.util.Set;

/** Commands that programs of ours use: they work as any other, but nobody is told of them. */
public final class Internal {

    /** By their full names. */
    public static final Set<String> COMMANDS = Set.of("ha:complete", "ha:hurry");

    private Internal() {}
}
