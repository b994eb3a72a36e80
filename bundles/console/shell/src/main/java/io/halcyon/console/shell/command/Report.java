package io.halcyon.console.shell.command;

/**
 * What a command has to say, in both forms.
 *
 * @param data for {@code -o json}
 * @param text for a person, with a line break at the end
 */
record Report(Object data, String text) {}
