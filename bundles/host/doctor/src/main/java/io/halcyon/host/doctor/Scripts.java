package io.halcyon.host.doctor;

import io.halcyon.api.event.Severity;
import io.halcyon.linux.process.CommandLine;
import io.halcyon.linux.process.CommandRefusedException;
import io.halcyon.linux.process.ExternalCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the commands of checks, VIP managers and notifiers may and can be run, before they are needed. */
final class Scripts implements Examination {

    /** Keys that name a command, whatever plugin has them. */
    private static final List<String> KEYS =
            List.of("script", "restart.command", "command", "claim", "release", "verify");

    private static final Set<String> FAMILIES = Set.of("io.halcyon.check", "io.halcyon.vip", "io.halcyon.notify");
    private static final int LONGEST_INTERPRETER = 256;
    private static final String CURE = "; cure: ";

    /**
     * A command that is configured.
     *
     * @param file what it runs; the arguments, which may hold a secret, are left out
     */
    record Command(ConfiguredObject object, String key, String line, String user, String file) {}

    private final Tree tree;

    Scripts(Tree tree) {
        this.tree = tree;
    }

    @Override
    public String subject() {
        return "scripts";
    }

    /** All commands of all objects. */
    static List<Command> commands(Situation situation) {
        List<Command> commands = new ArrayList<>();
        for (ConfiguredObject object : situation.objects()) {
            for (String key : KEYS) {
                String line = object.value(key).orElse("");
                if (!line.isEmpty() && FAMILIES.contains(object.pid())) {
                    String user = key.equals("restart.command")
                            ? ""
                            : object.value("user").orElse("");
                    commands.add(new Command(object, key, line, user, firstWord(line)));
                }
            }
        }
        return commands;
    }

    private static String firstWord(String line) {
        try {
            return CommandLine.parse(line).words().get(0);
        } catch (IllegalArgumentException e) {
            return line;
        }
    }

    @Override
    public void look(Situation situation, Sheet sheet) throws IOException {
        List<Command> commands = commands(situation);
        for (Command command : commands) {
            judge(command, sheet);
        }
        sheet.examined("scripts: "
                + (commands.isEmpty()
                        ? "no command is configured"
                        : "owners, modes and interpreters of "
                                + String.join(
                                        ", ",
                                        commands.stream()
                                                .map(Command::file)
                                                .distinct()
                                                .toList())));
    }

    private void judge(Command command, Sheet sheet) throws IOException {
        try {
            ExternalCommand.of(command.line(), command.user()).verify();
            if (!command.user().isEmpty()
                    && !maySwitchUser()
                    && !command.user().equals(System.getProperty("user.name"))) {
                found(
                        command,
                        "it is to run as " + command.user() + ", but the container may not change users",
                        "remove user = from " + command.object().file() + " (or run the container as root)",
                        sheet);
                return;
            }
            interpreter(command, sheet);
        } catch (CommandRefusedException refused) {
            int cure = refused.reason().indexOf(CURE);
            found(
                    command,
                    cure < 0 ? refused.reason() : refused.reason().substring(0, cure),
                    cure < 0
                            ? "correct " + command.key() + " in "
                                    + command.object().file() + ", or install what is missing"
                            : refused.reason().substring(cure + CURE.length()),
                    sheet);
        } catch (IllegalArgumentException e) {
            found(
                    command,
                    String.valueOf(e.getMessage()),
                    "correct it in " + command.object().file(),
                    sheet);
        }
    }

    /** The kernel calls a script whose interpreter is missing missing itself, which has led many astray. */
    private static void interpreter(Command command, Sheet sheet) {
        String first = firstLine(command.file());
        if (!first.startsWith("#!")) {
            return;
        }
        String interpreter = first.substring(2).strip().split("[ \t]", -1)[0];
        if (first.endsWith("\r")) {
            found(
                    command,
                    command.file() + " has line ends of another system: its interpreter would be '" + interpreter
                            + "\\r'",
                    "sed -i 's/\\r$//' " + command.file(),
                    sheet);
        } else if (!Files.isExecutable(Path.of(interpreter))) {
            found(
                    command,
                    "the interpreter " + interpreter + " of " + command.file() + " is missing or not executable",
                    "install " + interpreter + ", or correct the first line of " + command.file(),
                    sheet);
        }
    }

    private static String firstLine(String file) {
        try (InputStream input = Files.newInputStream(Path.of(file))) {
            String start = new String(input.readNBytes(LONGEST_INTERPRETER), StandardCharsets.ISO_8859_1);
            int end = start.indexOf('\n');
            return end < 0 ? start : start.substring(0, end);
        } catch (IOException e) {
            // It may be run without being readable.
            return "";
        }
    }

    private static void found(Command command, String found, String cure, Sheet sheet) {
        sheet.found(
                Severity.CRITICAL,
                command.object().title() + ", " + command.key() + " = " + command.file(),
                found,
                switch (command.object().pid()) {
                    case "io.halcyon.vip" -> "the address can be neither claimed nor released";
                    case "io.halcyon.notify" -> "nobody is told";
                    default -> command.key().equals("script")
                            ? "the check cannot look, so its verdict is UNKNOWN"
                            : "the remedy fails when it is needed";
                },
                cure);
    }

    /** Root, or whoever was given both capabilities: CAP_SETGID is 6, CAP_SETUID 7. */
    private boolean maySwitchUser() throws IOException {
        long both = 1L << 6 | 1L << 7;
        return tree.text("/proc/self/status")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(capabilities -> (capabilities & both) == both);
    }
}
