package io.halcyon.check.haproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * HAProxy's pid file: one number per line, as several processes had it once; the last is the newest. Immutable.
 *
 * @param path of the file
 * @param name that the process must have, empty for any
 */
record PidFile(Path path, String name) {

    private static final Path PROC = Path.of("/proc");

    /** What is wrong, null if the process lives. */
    @Nullable
    String faultOf() {
        String text;
        try {
            text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            return "pid file " + path + " is missing";
        } catch (IOException e) {
            return "pid file " + path + " cannot be read: " + e.getMessage();
        }
        var number = text.substring(text.lastIndexOf('\n') + 1).strip();
        if (!number.matches("\\d{1,10}")) {
            return "pid file " + path + " does not hold a number";
        }
        var process = PROC.resolve(number);
        if (!isAlive(process)) {
            return "process " + number + " of pid file " + path + " is gone";
        }
        // The number of a dead process is given to another one some day.
        var comm = read(process.resolve("comm")).strip();
        return name.isEmpty() || name.equals(comm)
                ? null
                : "process " + number + " of pid file " + path + " is " + comm + ", not " + name;
    }

    /** The state stands behind the name, which may contain anything; a zombie is dead. */
    private static boolean isAlive(Path process) {
        var stat = read(process.resolve("stat"));
        int state = stat.lastIndexOf(") ") + 2;
        return state >= 2 && state < stat.length() && "ZX".indexOf(stat.charAt(state)) < 0;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
