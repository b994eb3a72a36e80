package io.halcyon.notify.exec;

import io.halcyon.linux.process.CommandLine;
import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.linux.process.ScriptUser;
import io.halcyon.spi.keys.KeyValue;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns keys into scripts, or says which key is wrong and why. */
final class ScriptsKeys {

    private ScriptsKeys() {}

    /**
     * Reads them and looks at every script's file.
     *
     * @throws IllegalArgumentException naming the key and what is allowed
     */
    static Scripts read(ExecKeys keys) {
        var user = named("user", keys.user(), "'user', 'user group' or 'user:group'", () -> ScriptUser.of(keys.user()));
        var commands = new LinkedHashMap<String, ExternalCommand>();
        lines(keys).forEach((key, line) -> {
            if (!line.isBlank()) {
                commands.put(key, command(key, line, user));
            }
        });
        if (commands.isEmpty()) {
            throw refusal(Call.SCRIPT, "", "a command here or in one of the notify and quorum keys", "none is given");
        }
        var statuses = Arrays.stream(keys.retry_status()).boxed().collect(Collectors.toUnmodifiableSet());
        return new Scripts(
                commands, realServers(keys, commands.keySet()), Math.round(keys.script_timeout() * 1_000), statuses);
    }

    private static Set<RealServer> realServers(ExecKeys keys, Set<String> scripts) {
        var servers = new HashSet<RealServer>();
        for (var text : keys.real_server()) {
            servers.add(RealServer.of(text)
                    .orElseThrow(() -> KeyValue.refused("real.server", text, "a list of " + RealServer.ALLOWED)));
        }
        if (!servers.isEmpty() && !scripts.contains(Call.SERVER_UP) && !scripts.contains(Call.SERVER_DOWN)) {
            var text = String.join(", ", keys.real_server());
            throw KeyValue.refused("real.server", text, "nothing here without notify.up or notify.down");
        }
        return servers;
    }

    private static Map<String, String> lines(ExecKeys keys) {
        var lines = new LinkedHashMap<String, String>();
        lines.put(Call.MASTER, keys.notify_master());
        lines.put(Call.BACKUP, keys.notify_backup());
        lines.put(Call.FAULT, keys.notify_fault());
        lines.put(Call.STOP, keys.notify_stop());
        lines.put(Call.DELETED, keys.notify_deleted());
        lines.put(Call.ANY, keys.notify$());
        lines.put(Call.LOWER_PRIORITY, keys.notify_master_rx_lower_pri());
        lines.put(Call.QUORUM_UP, keys.quorum_up());
        lines.put(Call.QUORUM_DOWN, keys.quorum_down());
        lines.put(Call.SERVER_UP, keys.notify_up());
        lines.put(Call.SERVER_DOWN, keys.notify_down());
        lines.put(Call.SCRIPT, keys.script());
        return lines;
    }

    private static ExternalCommand command(String key, String line, ScriptUser user) {
        var words = named(key, line, "a command line", () -> CommandLine.parse(line));
        var command = named(key, line, "a command", () -> new ExternalCommand(words, user));
        try {
            command.verify();
        } catch (IOException e) {
            throw refusal(key, line, "a command that can run", String.valueOf(e.getMessage()));
        }
        return command;
    }

    /** The words of a refusal by settings, so that all refusals read alike. */
    private static <T> T named(String key, String value, String allowed, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw refusal(key, value, allowed, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException refusal(String key, String value, String allowed, String why) {
        return KeyValue.refused(key, value, allowed + " (" + why + ")");
    }
}
