package io.halcyon.check.process;

import io.halcyon.linux.process.RunningProcess;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which processes are meant. Immutable.
 *
 * @param command name or command
 * @param parameters what comes behind it
 * @param byName whether the kernel's name decides, not the command
 * @param match how parameters are compared
 * @param everyNetwork whether other network namespaces count too
 */
record Wanted(String command, List<String> parameters, boolean byName, Match match, boolean everyNetwork) {

    /** How parameters are compared. */
    enum Match {
        ANY,
        EXACT,
        PARTIAL,
        INITIAL
    }

    Wanted {
        parameters = List.copyOf(parameters);
    }

    /** Whether it is one of them and runs. The cheapest question first: most processes are others. */
    boolean fits(RunningProcess process) {
        return isNamedSo(process) && process.isAlive() && (everyNetwork || process.isInOurNetwork());
    }

    private boolean isNamedSo(RunningProcess process) {
        if (!byName) {
            var words = process.arguments();
            return !words.isEmpty() && isCommand(words.get(0)) && hasParameters(words.subList(1, words.size()));
        }
        if (!isName(process)) {
            return false;
        }
        var words = match == Match.ANY ? List.<String>of() : process.arguments();
        return hasParameters(words.isEmpty() ? words : words.subList(1, words.size()));
    }

    /** The kernel cuts a long name; the command has all of it. */
    private boolean isName(RunningProcess process) {
        var bytes = command.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= RunningProcess.LONGEST_NAME) {
            return command.equals(process.name());
        }
        var kept = new String(bytes, 0, RunningProcess.LONGEST_NAME, StandardCharsets.UTF_8);
        return kept.equals(process.name())
                && process.arguments().stream().limit(2).anyMatch(word -> word.equals(command) || isFile(word));
    }

    private boolean isCommand(String word) {
        return word.equals(command) || (command.indexOf('/') < 0 && isFile(word));
    }

    private boolean isFile(String word) {
        return word.endsWith("/" + command);
    }

    private boolean hasParameters(List<String> actual) {
        int given = parameters.size();
        return switch (match) {
            case ANY -> true;
            case EXACT -> actual.equals(parameters);
            case PARTIAL -> actual.size() >= given && actual.subList(0, given).equals(parameters);
            case INITIAL -> actual.size() >= given && goesOn(actual, given - 1);
        };
    }

    private boolean goesOn(List<String> actual, int last) {
        return last < 0
                || (actual.subList(0, last).equals(parameters.subList(0, last))
                        && actual.get(last).startsWith(parameters.get(last)));
    }

    @Override
    public String toString() {
        return parameters.isEmpty() ? command : command + " " + String.join(" ", parameters);
    }
}
