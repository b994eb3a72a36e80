package io.halcyon.console.shell.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets options of our commands stand anywhere: {@code vrrp:show VI_1 -o json}.
 *
 * <p>Karaf takes everything after the first argument as an argument. Other commands, and lines with closures or
 * substitutions, pass unchanged.
 */
final class OptionsFirst {

    private static final Pattern OURS = Pattern.compile("(vrrp|vip|check|lvs|notify|ha):.*");
    private static final Pattern OPTION = Pattern.compile("--?[a-z].*");
    private static final Set<String> WITH_VALUE = Set.of(
            "-o",
            "--output",
            "-n",
            "--for",
            "--reason",
            "--kind",
            "--severity",
            "--object",
            "--since",
            "--show",
            "--deadline",
            "--virtualhost",
            "--connect",
            "--ca",
            "--redirects");
    private static final Set<String> SEPARATORS = Set.of("|", ";");

    /** A separator, or a word: any run of quoted pieces, escaped characters and others that are neither. */
    private static final Pattern TOKEN =
            Pattern.compile("[|;]|(?:'[^']*'|\"(?:\\\\.|[^\"\\\\])*\"|\\\\.|[^\\s|;'\"\\\\])+");

    /** Closures, lists and substitutions are those of the shell's language; between single quotes nothing is special. */
    private static final Pattern SPECIAL = Pattern.compile("[{}()\\[\\]]");

    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    private OptionsFirst() {}

    static String reorder(String line) {
        return reorder(line, UnaryOperator.identity());
    }

    /** @param resolve makes a command's full name of a short one */
    static String reorder(String line, UnaryOperator<String> resolve) {
        if (SPECIAL.matcher(QUOTED.matcher(line).replaceAll("")).find()) {
            return line;
        }
        List<String> reordered = new ArrayList<>();
        List<String> statement = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(line);
        while (tokens.find()) {
            if (SEPARATORS.contains(tokens.group())) {
                reordered.addAll(reordered(statement, resolve));
                reordered.add(tokens.group());
                statement.clear();
            } else {
                statement.add(tokens.group());
            }
        }
        reordered.addAll(reordered(statement, resolve));
        return String.join(" ", reordered);
    }

    private static List<String> reordered(List<String> statement, UnaryOperator<String> resolve) {
        boolean ours = !statement.isEmpty() && isOurs(resolve.apply(statement.get(0)));
        return ours ? reordered(statement) : List.copyOf(statement);
    }

    static boolean isOurs(String command) {
        return OURS.matcher(command).matches();
    }

    /** Whether the next word is this one's value. */
    static boolean wantsValue(String word) {
        return WITH_VALUE.contains(word);
    }

    /** The options of a command of ours, with their values. */
    static List<String> optionsOf(List<String> statement) {
        List<String> options = new ArrayList<>();
        split(statement, options, new ArrayList<>());
        return options;
    }

    /** A command of ours with its options first. */
    static List<String> reordered(List<String> statement) {
        List<String> reordered = new ArrayList<>(List.of(statement.get(0)));
        List<String> arguments = new ArrayList<>();
        split(statement, reordered, arguments);
        reordered.addAll(arguments);
        return reordered;
    }

    private static void split(List<String> statement, List<String> options, List<String> arguments) {
        for (int i = 1; i < statement.size(); i++) {
            String word = statement.get(i);
            if (!OPTION.matcher(word).matches()) {
                arguments.add(word);
                continue;
            }
            options.add(word);
            if (wantsValue(word) && i + 1 < statement.size()) {
                options.add(statement.get(++i));
            }
        }
    }
}
