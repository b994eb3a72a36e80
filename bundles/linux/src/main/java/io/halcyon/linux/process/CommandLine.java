package io.halcyon.linux.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command and its arguments, split without a shell. Immutable.
 *
 * <p>Blanks separate words; {@code '...'} and {@code "..."} keep blanks; adjacent parts join; a backslash takes the next
 * character as it is, except between single quotes. A line that is one quoted string as a whole is split once more, since
 * keepalived's {@code script "/path argument"} means the same as without the quotes.
 *
 * @param words the command, then its arguments; at least one
 */
public record CommandLine(List<String> words) {

    public CommandLine {
        words = List.copyOf(words);
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new IllegalArgumentException("the command is empty");
        }
    }

    /**
     * Splits a line.
     *
     * @throws IllegalArgumentException if there is no word or a quote is not closed
     */
    public static CommandLine parse(String text) {
        var words = split(text);
        boolean quotedWhole = words.size() == 1 && !words.get(0).equals(text.strip());
        return new CommandLine(quotedWhole ? split(words.get(0)) : words);
    }

    private static List<String> split(String text) {
        var words = new ArrayList<String>();
        @Nullable StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                continue;
            }
            if (word == null) {
                word = new StringBuilder();
            }
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("the quote " + quote + " is not closed in: " + text);
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    /** The words with a blank between them, for messages. */
    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
