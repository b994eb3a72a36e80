package io.halcyon.console.shell.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets options of our commands stand anywhere: {@code vrrp:show VI_1 -o json}.
 *
 * <p>Karaf takes everything after the first argument as an argument. Other commands, and lines with closures or
 * substitutions, pass unchanged.
 */
final class OptionsFirst {

    private static final Pattern OURS = Pattern.compile("(vrrp|vip|check|notify|ha):.*");
    private static final Pattern OPTION = Pattern.compile("--?[a-z].*");
    private static final Set<String> WITH_VALUE = Set.of("-o", "--output", "-n");
    private static final Set<String> SEPARATORS = Set.of("|", ";");

    /** A separator, or a word: any run of quoted pieces, escaped characters and others that are neither. */
    private static final Pattern TOKEN =
            Pattern.compile("[|;]|(?:'[^']*'|\"(?:\\\\.|[^\"\\\\])*\"|\\\\.|[^\\s|;'\"\\\\])+");

    private OptionsFirst() {}

    static String reorder(String line) {
        if (line.matches("(?s).*[{}()\\[\\]].*")) {
            return line;
        }
        List<String> reordered = new ArrayList<>();
        List<String> statement = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(line);
        while (tokens.find()) {
            if (SEPARATORS.contains(tokens.group())) {
                reordered.addAll(reordered(statement));
                reordered.add(tokens.group());
                statement.clear();
            } else {
                statement.add(tokens.group());
            }
        }
        reordered.addAll(reordered(statement));
        return String.join(" ", reordered);
    }

    private static List<String> reordered(List<String> statement) {
        if (statement.isEmpty() || !OURS.matcher(statement.get(0)).matches()) {
            return List.copyOf(statement);
        }
        List<String> options = new ArrayList<>(List.of(statement.get(0)));
        List<String> arguments = new ArrayList<>();
        for (int i = 1; i < statement.size(); i++) {
            String word = statement.get(i);
            if (!OPTION.matcher(word).matches()) {
                arguments.add(word);
                continue;
            }
            options.add(word);
            if (WITH_VALUE.contains(word) && i + 1 < statement.size()) {
                options.add(statement.get(++i));
            }
        }
        options.addAll(arguments);
        return options;
    }
}
