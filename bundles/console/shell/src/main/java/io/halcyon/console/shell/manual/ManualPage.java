package io.halcyon.console.shell.manual;

import java.util.List;

/** halcyon(1) in the language of man(7). The same text from the same commands: no date of the build is in it. */
final class ManualPage {

    private static final String OPENING =
            """
            .TH HALCYON 1 "" "Halcyon @VERSION@" "Halcyon"
            .SH NAME
            halcyon \\- keep addresses alive on one of several hosts
            .SH SYNOPSIS
            """;

    private static final String DESCRIPTION =
            """
            .SH DESCRIPTION
            .B halcyon
            starts and stops one instance of Halcyon, which fails over virtual addresses by VRRP, and gives commands to it.
            A single word is taken as a whole line of the container's shell, such as
            .BR "\\(aqvrrp:list | grep MASTER\\(aq" .
            Commands go through a Unix\\-domain socket that only the owner of the instance and root may use.
            .PP
            Tables are as wide as the terminal; a pipe or a file gets one line per row, without control sequences.
            .SH "THE LAUNCHER"
            """;

    private static final String COMMANDS =
            """
            .SH COMMANDS
            Options may stand anywhere on the line. What a command refuses, and what it cannot reach, is one sentence on the
            standard error output.
            """;

    private static final String ENDING =
            """
            .SH "EXIT STATUS"
            .TP
            .B 0
            done
            .TP
            .B 1
            the command refused or failed, and said why
            .TP
            .B 3
            the container does not run
            .TP
            .B 64, 73, 77, 78
            wrong usage; a file cannot be made; not allowed; wrong settings
            .TP
            .B 74
            the connection to the container broke off
            .TP
            .B 75
            busy; try again
            .TP
            .B 130
            the command was interrupted
            .SH ENVIRONMENT
            .TP
            .B HALCYON_BASE
            directory of the instance; without it, the installation itself
            .TP
            .B JAVA_HOME
            the JDK or JRE, 17 or newer; without it, the first java on the PATH
            .TP
            .B COLUMNS
            width of tables on a terminal; without it, the terminal is asked
            .SH FILES
            Below the directory of the instance:
            .TP
            .I etc/io.halcyon*.cfg
            configuration of the node, its routers, checks and notifiers
            .TP
            .I etc/halcyon.env
            settings of the launcher
            .TP
            .I data/log/halcyon.log
            what happened
            .TP
            .I data/history
            the last 1,000 lines typed in the shell; one that begins with a blank is not kept
            .TP
            .I run/halcyon.sock
            the socket
            .SH "SEE ALSO"
            .BR ip (8),
            .BR keepalived (8)
            """;

    private ManualPage() {}

    static String of(String version, List<Verb> verbs, List<CommandModel> commands) {
        var page = new StringBuilder(OPENING.replace("@VERSION@", version));
        verbs.forEach(
                verb -> page.append(".B halcyon ").append(roff(verb.synopsis())).append("\n.br\n"));
        page.append(".B halcyon\n.IR command \" [\" argument \"]...\"\n").append(DESCRIPTION);
        verbs.forEach(verb -> item(page, roff(verb.synopsis()), verb.description()));
        page.append(COMMANDS);
        commands.forEach(command -> command(page, command));
        return page.append(ENDING).toString();
    }

    private static void command(StringBuilder page, CommandModel command) {
        var synopsis = new StringBuilder(roff(command.name()));
        command.arguments().forEach(argument -> synopsis.append(' ').append(roff(argument(argument))));
        command.options()
                .forEach(option ->
                        synopsis.append(" [").append(roff(option(option))).append(']'));
        item(page, synopsis.toString(), command.description());
        if (command.arguments().isEmpty() && command.options().isEmpty()) {
            return;
        }
        page.append(".RS\n");
        command.arguments().forEach(argument -> item(page, roff(upper(argument)), argument.description()));
        command.options()
                .forEach(option ->
                        item(page, roff(String.join(", ", option.names()) + value(option)), option.description()));
        page.append(".RE\n");
    }

    private static void item(StringBuilder page, String head, String text) {
        page.append(".TP\n.B ").append(head).append('\n').append(roff(text)).append('\n');
    }

    private static String argument(CommandModel.Word argument) {
        return argument.required() ? upper(argument) : "[" + upper(argument) + "]";
    }

    private static String option(CommandModel.Word option) {
        return option.names().get(0) + value(option);
    }

    private static String value(CommandModel.Word option) {
        return option.value().isEmpty() ? "" : " " + option.value();
    }

    private static String upper(CommandModel.Word word) {
        return word.names().get(0).toUpperCase(java.util.Locale.ROOT);
    }

    /** Backslashes and dashes as they are typed; a line must not begin like a request. */
    static String roff(String text) {
        String escaped = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("\"", "\\(dq");
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }
}
