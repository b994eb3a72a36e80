package io.halcyon.check.nginx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the master process of nginx. If its pid file is there, the file decides; otherwise it is looked for by name among
 * the processes of our own network namespace, so that nginx in a container on the same machine is not taken for ours.
 */
final class MasterProcess {

    /** Found or not, and what was looked at, for a person. */
    record Sighting(boolean alive, long pid, String words) {}

    private final Path proc;
    private final @Nullable Path pidFile;
    private final String name;

    /** An empty pid file or name is not looked for. */
    MasterProcess(Path proc, String pidFile, String name) {
        this.proc = proc;
        this.pidFile = pidFile.isEmpty() ? null : Path.of(pidFile);
        this.name = name;
    }

    Sighting look() {
        if (pidFile == null) {
            return byName("");
        }
        try {
            return byFile(
                    pidFile,
                    Files.readString(pidFile, StandardCharsets.ISO_8859_1).strip());
        } catch (NoSuchFileException e) {
            var missing = "pid file " + pidFile + " is missing";
            return name.isEmpty() ? gone(missing) : byName(missing + ", ");
        } catch (IOException e) {
            return gone("pid file " + pidFile + " cannot be read: " + e.getMessage());
        }
    }

    private Sighting byFile(Path file, String text) {
        if (!text.matches("\\d{1,10}")) {
            return gone("pid file " + file + " does not hold a number");
        }
        var process = proc.resolve(text);
        if (!isAlive(process)) {
            return gone("process " + text + " of pid file " + file + " is gone");
        }
        // The number of a dead process is given to another one some day.
        if (!name.isEmpty() && !name.equals(comm(process))) {
            return gone("process " + text + " of pid file " + file + " is " + comm(process) + ", not " + name);
        }
        return found(Long.parseLong(text));
    }

    private Sighting byName(String before) {
        try (var entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var process : entries) {
                if (isMaster(process)) {
                    return found(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return gone(proc + " cannot be read: " + e.getMessage());
        }
        return gone(before + "no process is named " + name);
    }

    /** The master is the one whose parent has another name. */
    private boolean isMaster(Path process) {
        if (!name.equals(comm(process)) || !isAlive(process) || !isInOurNetwork(process)) {
            return false;
        }
        var parent = field(process, 1);
        return !name.equals(comm(proc.resolve(parent)));
    }

    static boolean isAlive(Path process) {
        var state = field(process, 0);
        return !state.isEmpty() && !state.equals("Z") && !state.equals("X");
    }

    private boolean isInOurNetwork(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("ns/net"))
                    .equals(Files.readSymbolicLink(proc.resolve("thread-self/ns/net")));
        } catch (IOException notOurs) {
            // Another user's process when we are not root: cannot be told.
            return true;
        }
    }

    /** Of {@code stat}, after the name, which may contain anything: 0 is the state, 1 the parent. */
    private static String field(Path process, int index) {
        var stat = read(process.resolve("stat"));
        int end = stat.lastIndexOf(") ");
        return end < 0 ? "" : stat.substring(end + 2).split(" ", index + 2)[index];
    }

    private static String comm(Path process) {
        return read(process.resolve("comm")).strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static Sighting found(long pid) {
        return new Sighting(true, pid, "master process is alive");
    }

    private static Sighting gone(String words) {
        return new Sighting(false, -1, words);
    }
}
