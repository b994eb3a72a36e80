package io.halcyon.host.doctor;

import io.halcyon.api.event.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether the server that a check restarts would live in our own unit. A service manager ends all of a unit that stops, so the
 * server has to be started by the service manager, in a unit of its own.
 */
final class Remedies implements Examination {

    private static final String KEY = "restart.command";

    /** Whoever asks the service manager to start something. */
    private static final Pattern ASKS =
            Pattern.compile("\\b(systemctl|busctl|systemd-run)\\b|\\bservice\\s+\\S+\\s+(re)?start\\b");

    private static final int LONGEST_SCRIPT = 64 * 1024;

    private final Tree tree;
    private final boolean managed;

    /** @param managed whether a service manager runs us */
    Remedies(Tree tree, boolean managed) {
        this.tree = tree;
        this.managed = managed;
    }

    @Override
    public String subject() {
        return "remedies";
    }

    @Override
    public void look(Situation situation, Sheet sheet) {
        if (!managed) {
            return;
        }
        List<String> seen = new ArrayList<>();
        for (Scripts.Command command : Scripts.commands(situation)) {
            if (command.key().equals(KEY)) {
                judge(command, sheet);
                seen.add(command.file());
            }
        }
        if (!seen.isEmpty()) {
            sheet.examined("remedies: in whose unit the server runs that is restarted by " + String.join(", ", seen));
        }
    }

    private void judge(Scripts.Command command, Sheet sheet) {
        String server = command.object().value("process").orElse("nginx");
        if (command.file().substring(command.file().lastIndexOf('/') + 1).equals(server)) {
            sheet.found(
                    Severity.WARNING,
                    command.object().title() + ", " + KEY + " = " + command.file(),
                    "halcyon runs under a service manager, and would start " + server + " itself",
                    server
                            + " would belong to halcyon's own unit and be killed with it at each stop, and it would run as"
                            + " halcyon's user",
                    "set " + KEY + " = /usr/bin/systemctl restart " + server + " in "
                            + command.object().file()
                            + " (halcyon install-service lets its user do that for nginx and haproxy)");
        } else if (!ASKS.matcher(command.line()).find()
                && !ASKS.matcher(text(command.file())).find()) {
            sheet.notExamined("remedies: " + KEY + " = " + command.file() + " of "
                    + command.object().title()
                    + " does not name systemctl; what it starts itself is killed at each stop of halcyon's unit");
        }
    }

    /** Of a script, empty for what cannot be read. */
    private String text(String file) {
        if (!file.startsWith("/")) {
            return "";
        }
        try (InputStream input = Files.newInputStream(tree.path(file))) {
            String text = new String(input.readNBytes(LONGEST_SCRIPT), StandardCharsets.ISO_8859_1);
            return text.startsWith("#!") ? text : "";
        } catch (IOException e) {
            return "";
        }
    }
}
