package io.halcyon.console.shell.line;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.LineReaderImpl;

/** TAB: Karaf's own completion, but ours for what follows a command of ours. */
record Completion(Completer karaf, Session session) implements Completer {

    static void prepare(LineReader reader, Session session) {
        if (reader instanceof LineReaderImpl editable) {
            editable.setCompleter(new Completion(editable.getCompleter(), session));
        }
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        int index = line.wordIndex();
        if (index == 0 && "".equals(session.get(Session.SUBSHELL))) {
            commands(candidates);
            return;
        }
        boolean ours = index > 0
                && index < line.words().size()
                && OptionsFirst.isOurs(session.resolveCommand(line.words().get(0)));
        if (!ours) {
            karaf.complete(reader, line, candidates);
            return;
        }
        List<String> words = new ArrayList<>(line.words().subList(0, index));
        words.add(
                line.word().substring(0, Math.min(line.wordCursor(), line.word().length())));
        Completions.of(session, words).forEach(word -> candidates.add(new Candidate(word)));
    }

    /** By their full names: Karaf would list each twice, with and without its scope. */
    private void commands(List<Candidate> candidates) {
        for (Command command : session.getRegistry().getCommands()) {
            String name = Completions.name(command);
            if (!command.getName().startsWith("_") && !Internal.COMMANDS.contains(name)) {
                candidates.add(new Candidate(name, name, null, command.getDescription(), null, null, true));
            }
        }
    }
}
