package io.halcyon.vip.exec;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** Real scripts for a manager's commands, and the settings that name them. */
final class Scripts {

    /** Each run is a line in "log"; what a file "KIND.sh" says is done instead of the usual. */
    private static final String DEVICE =
            """
            cd "${0%/*}"
            echo "$1 $2 $3" >>log
            [ ! -e "$1.sh" ] || . "./$1.sh"
            case $1 in
                claim) : >"at-${2%/*}" ;;
                release) rm -f "at-${2%/*}" ;;
                verify) [ -e "at-${2%/*}" ] || exit 1 ;;
            esac
            """;

    private Scripts() {}

    /** A device that is the script's directory: an address is the file {@code at-ADDRESS} there. */
    static Path device(Path directory) throws IOException {
        return script(directory, "device", DEVICE);
    }

    /** A script that adds and removes addresses with ip(8), as an operator would write it. */
    static Path ip(Path directory) throws IOException {
        return script(
                directory,
                "vip",
                """
                set -u
                case $1 in
                    claim) exec ip addr add "$2" dev "$3" ;;
                    release) exec ip addr del "$2" dev "$3" ;;
                    verify) [ -n "$(ip -o addr show dev "$3" to "${2%/*}")" ] ;;
                esac
                """);
    }

    static Path script(Path directory, String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Settings of one script that takes the kind of command as its first argument; short times. */
    static ExecSettings settings(Path script, String... more) {
        Map<String, Object> keys = new HashMap<>();
        keys.put("type", "exec");
        for (String kind : new String[] {"claim", "release", "verify"}) {
            keys.put(kind, script + " " + kind + " {cidr} {dev}");
        }
        keys.put("timeout", "2");
        keys.put("verify.interval", "0.2");
        keys.put("retry.delay", "0.1");
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1]);
        }
        try {
            return new SettingsParser().parse(ConfigText.of("cloud", "etc/io.halcyon.vip-cloud.cfg", keys));
        } catch (Refusal refusal) {
            throw new AssertionError(refusal);
        }
    }
}
