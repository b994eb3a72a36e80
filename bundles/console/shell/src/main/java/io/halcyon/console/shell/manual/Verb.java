package io.halcyon.console.shell.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that the launcher does itself, as its usage tells it.
 *
 * @param synopsis behind {@code halcyon}: {@code stop [--now]}
 */
record Verb(String synopsis, String description) {

    private static final Pattern USAGE = Pattern.compile("(?s)usage\\(\\) \\{\\n.*?<<'TEXT'\\n(.*?)\\nTEXT\\n");
    private static final Pattern LINE =
            Pattern.compile("(?:usage:|      ) halcyon (\\S+(?: (?:\\[[^\\]]*\\](?:\\.{3})?|[A-Z]+))*)(?: +(.*))?");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z-]*");

    /** Those that have a name: lines about commands in general are not among them. */
    static List<Verb> of(String launcher) {
        Matcher usage = USAGE.matcher(launcher);
        if (!usage.find()) {
            throw new IllegalArgumentException("the launcher has no usage()");
        }
        List<Verb> verbs = new ArrayList<>();
        for (String line : usage.group(1).split("\n\n", 2)[0].lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                verbs.add(new Verb(parts.group(1), parts.group(2) == null ? "" : parts.group(2)));
            } else if (!verbs.isEmpty() && line.startsWith(" ")) {
                Verb begun = verbs.remove(verbs.size() - 1);
                verbs.add(new Verb(begun.synopsis, (begun.description + " " + line.strip()).strip()));
            }
        }
        verbs.removeIf(verb -> !WORD.matcher(verb.name()).matches());
        return verbs;
    }

    String name() {
        return synopsis.split(" ", 2)[0];
    }

    List<String> options() {
        return OPTION.matcher(synopsis).results().map(option -> option.group()).toList();
    }
}
