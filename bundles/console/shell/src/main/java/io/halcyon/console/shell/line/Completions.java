package io.halcyon.console.shell.line;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/**
 * What may stand at the end of a line, from the commands' own completers. Those of Karaf know options only in front of
 * arguments; ours may stand anywhere, so a line is put into that order first.
 */
public final class Completions {

    private Completions() {}

    /**
     * What the last word may become; it may be empty.
     *
     * @param words of one command line, its command first
     */
    public static List<String> of(Session session, List<String> words) {
        if (words.size() < 2) {
            return session.getRegistry().getCommands().stream()
                    .map(Completions::name)
                    .filter(name -> words.isEmpty() || name.startsWith(words.get(0)))
                    .filter(name -> !Internal.COMMANDS.contains(name))
                    .distinct()
                    .sorted()
                    .toList();
        }
        Command command = find(session, words.get(0));
        if (command == null || command.getCompleter(false) == null) {
            return List.of();
        }
        List<String> candidates = new ArrayList<>();
        command.getCompleter(false).complete(session, new Typed(ordered(words)), candidates);
        return candidates.stream().map(String::strip).distinct().sorted().toList();
    }

    static String name(Command command) {
        boolean global = command.getScope().equals(Session.SCOPE_GLOBAL);
        return global ? command.getName() : command.getScope() + ":" + command.getName();
    }

    private static @Nullable Command find(Session session, String name) {
        String[] parts = session.resolveCommand(name).split(":", 2);
        return parts.length < 2 ? null : session.getRegistry().getCommand(parts[0], parts[1]);
    }

    private static List<String> ordered(List<String> words) {
        String last = words.get(words.size() - 1);
        List<String> before = words.subList(0, words.size() - 1);
        if (OptionsFirst.wantsValue(before.get(before.size() - 1))) {
            return words;
        }
        List<String> options = OptionsFirst.optionsOf(before);
        List<String> line = new ArrayList<>(List.of(words.get(0)));
        line.addAll(options);
        if (!last.startsWith("-")) {
            List<String> arguments = new ArrayList<>(OptionsFirst.reordered(before));
            line.addAll(arguments.subList(1 + options.size(), arguments.size()));
        }
        line.add(last);
        return line;
    }

    /** Words with the cursor at the end of the last one. */
    private record Typed(List<String> words) implements org.apache.karaf.shell.api.console.CommandLine {

        @Override
        public int getCursorArgumentIndex() {
            return words.size() - 1;
        }

        @Override
        public String getCursorArgument() {
            return words.get(words.size() - 1);
        }

        @Override
        public int getArgumentPosition() {
            return getCursorArgument().length();
        }

        @Override
        public String[] getArguments() {
            return words.toArray(new String[0]);
        }

        @Override
        public int getBufferPosition() {
            return getBuffer().length();
        }

        @Override
        public String getBuffer() {
            return String.join(" ", words);
        }
    }
}
