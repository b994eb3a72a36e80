package io.halcyon.console.shell.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the build runs: {@code Manual CLASSES LAUNCHER VERSION TARGET} writes both files below the target. */
public final class Manual {

    private Manual() {}

    public static void main(String[] arguments) throws IOException {
        List<CommandModel> commands = CommandModel.forPersons(Path.of(arguments[0]));
        if (commands.isEmpty()) {
            throw new IllegalStateException("no command in " + arguments[0]);
        }
        List<Verb> verbs = Verb.of(Files.readString(Path.of(arguments[1])));
        String version = arguments[2];
        Path target = Path.of(arguments[3]);
        write(target.resolve("man/man1/halcyon.1"), ManualPage.of(version, verbs, commands));
        write(target.resolve("bash-completion/completions/halcyon"), BashCompletion.of(version, verbs, commands));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
