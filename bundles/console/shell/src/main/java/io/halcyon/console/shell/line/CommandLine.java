package io.halcyon.console.shell.line;

import java.util.List;
import java.util.stream.Collectors;

/** Makes one line for the container's shell out of the words the operator's shell has split. */
final class CommandLine {

    private CommandLine() {}

    /** A single word is a line as it is; of several, each stays one word, whatever it contains. */
    static String of(List<String> words) {
        if (words.size() == 1) {
            return words.get(0);
        }
        return words.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        if (!word.isEmpty() && word.chars().allMatch(CommandLine::isPlain)) {
            return word;
        }
        // Nothing is special between single quotes, so only they themselves have to be put outside.
        return "'" + word.replace("'", "'\"'\"'") + "'";
    }

    private static boolean isPlain(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || "_-:./,+@".indexOf(character) >= 0;
    }
}
