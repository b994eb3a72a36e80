package io.halcyon.console.shell.command;

import java.util.function.IntFunction;

/**
 * What a command has to say, in both forms.
 *
 * @param data for {@code -o json}
 * @param text for a person whose terminal has that many columns, with a line break at the end
 */
record Report(Object data, IntFunction<String> text) {}
