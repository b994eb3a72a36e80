package io.halcyon.console.shell.line;

import java.nio.file.Path;
import org.apache.karaf.shell.api.console.Session;
import org.jline.reader.LineReader;

/** How a line reader of Karaf's asks for lines, and what it remembers of them. */
final class Prompt {

    private static final int MOST_LINES = 1_000;
    private static final int MOST_NAME = 24;

    private Prompt() {}

    static void prepare(LineReader reader, Session session, Path history) {
        reader.setVariable(LineReader.HISTORY_FILE, history);
        reader.setVariable(LineReader.HISTORY_SIZE, MOST_LINES);
        reader.setVariable(LineReader.HISTORY_FILE_SIZE, MOST_LINES);
        // A "!" in a line is a "!".
        reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
        // What begins with a blank is not kept.
        reader.setOpt(LineReader.Option.HISTORY_IGNORE_SPACE);
        session.put(Session.COMPLETION_MODE, Session.COMPLETION_MODE_GLOBAL);
    }

    /** The node's name without its domain, and the subshell if one has been entered. */
    static String text(String node, Session session) {
        int dot = node.indexOf('.');
        boolean address = node.matches("[0-9.:]*");
        String name = dot > 0 && !address ? node.substring(0, dot) : node;
        Object subshell = session.get(Session.SUBSHELL);
        String inside = subshell == null || subshell.equals("") ? "" : " " + subshell;
        return name.substring(0, Math.min(MOST_NAME, name.length())) + inside + "> ";
    }
}
