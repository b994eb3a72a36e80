package io.halcyon.notify.fifo;

import io.halcyon.linux.file.Fifo;
import io.halcyon.linux.process.CommandLine;
import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.linux.process.ScriptUser;
import io.halcyon.spi.keys.KeyValue;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns keys into settings, or says which key is wrong and why. */
final class SettingsKeys {

    private static final Pattern MODE = Pattern.compile("0?[64][04][04]");
    private static final int OCTAL = 8;

    private final FifoKeys keys;

    private SettingsKeys(FifoKeys keys) {
        this.keys = keys;
    }

    /**
     * Reads them and looks at what is there already.
     *
     * @throws IllegalArgumentException naming the key and what is allowed
     */
    static FifoSettings read(FifoKeys keys) {
        return new SettingsKeys(keys).settings();
    }

    private FifoSettings settings() {
        var user = named("user", keys.user(), "'user', 'user group' or 'user:group'", () -> ScriptUser.of(keys.user()));
        var fifo = new Fifo(path(), user.uid(), user.gid(), mode());
        try {
            fifo.verify();
        } catch (NoSuchFileException toBeMade) {
            // Nor need its directory be there yet: /run is empty after a start.
        } catch (IOException e) {
            throw refusal("fifo", keys.fifo(), "a FIFO that its owner alone can write to", text(e));
        }
        return new FifoSettings(fifo, telling(), script(user, fifo));
    }

    private Path path() {
        try {
            var path = Path.of(keys.fifo());
            if (path.isAbsolute() && path.getFileName() != null) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw refusal("fifo", keys.fifo(), "a full path", text(e));
        }
        throw refusal("fifo", keys.fifo(), "a full path", "it does not begin with / or ends there");
    }

    private int mode() {
        if (!MODE.matcher(keys.mode()).matches()) {
            var allowed = "0600, or with read permission for group or others, such as 0640";
            throw refusal("mode", keys.mode(), allowed, "nobody but its owner may write");
        }
        return Integer.parseInt(keys.mode(), OCTAL);
    }

    private Telling telling() {
        if (!keys.format().equals("json")) {
            return new KeepalivedLines(
                    !keys.what().equals("lvs"), !keys.what().equals("vrrp"), keys.priorities(), keys.lvs_nul());
        }
        if (!keys.what().equals("all")) {
            throw refusal("what", keys.what(), "all with format = json", "the key events chooses there");
        }
        return new JsonLines();
    }

    private @Nullable ExternalCommand script(ScriptUser user, Fifo fifo) {
        if (keys.script().isBlank()) {
            return null;
        }
        var line = named("script", keys.script(), "a command line", () -> CommandLine.parse(keys.script()));
        var command = named("script", keys.script(), "a command", () -> new ExternalCommand(line, user));
        try {
            command.verify();
        } catch (IOException e) {
            throw refusal("script", keys.script(), "a command that can run", text(e));
        }
        return command.plus(List.of(fifo.path().toString()));
    }

    /** The words of a refusal by settings, so that all refusals read alike. */
    private static <T> T named(String key, String value, String allowed, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw refusal(key, value, allowed, text(e));
        }
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static IllegalArgumentException refusal(String key, String value, String allowed, String why) {
        return KeyValue.refused(key, value, allowed + " (" + why + ")");
    }
}
