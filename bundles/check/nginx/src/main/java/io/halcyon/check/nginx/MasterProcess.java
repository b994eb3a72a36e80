package io.halcyon.check.nginx;

import io.halcyon.linux.process.ProcessTable;
import io.halcyon.linux.process.RunningProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private final ProcessTable processes;
    private final @Nullable Path pidFile;
    private final String name;

    /** An empty pid file or name is not looked for. */
    MasterProcess(ProcessTable processes, String pidFile, String name) {
        this.processes = processes;
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
        var process = processes.process(Long.parseLong(text));
        if (!process.isAlive()) {
            return gone("process " + text + " of pid file " + file + " is gone");
        }
        // The number of a dead process is given to another one some day.
        if (!name.isEmpty() && !name.equals(process.name())) {
            return gone("process " + text + " of pid file " + file + " is " + process.name() + ", not " + name);
        }
        return found(process.pid());
    }

    private Sighting byName(String before) {
        try {
            for (var process : processes.all()) {
                if (isMaster(process)) {
                    return found(process.pid());
                }
            }
        } catch (IOException e) {
            return gone(processes.proc() + " cannot be read: " + e.getMessage());
        }
        return gone(before + "no process is named " + name);
    }

    /** The master is the one whose parent has another name. */
    private boolean isMaster(RunningProcess process) {
        return name.equals(process.name())
                && process.isAlive()
                && process.isInOurNetwork()
                && !name.equals(process.parent().name());
    }

    private static Sighting found(long pid) {
        return new Sighting(true, pid, "master process is alive");
    }

    private static Sighting gone(String words) {
        return new Sighting(false, -1, words);
    }
}
