package io.halcyon.linux.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes of this machine, as {@code /proc} has them. Immutable; any thread may look.
 *
 * @param proc where {@code proc} is mounted
 */
public record ProcessTable(Path proc) {

    /** That of {@code /proc}. */
    public static ProcessTable system() {
        return new ProcessTable(Path.of("/proc"));
    }

    /** The process of that number; whether there is one tells {@link RunningProcess#isAlive}. */
    public RunningProcess process(long pid) {
        return new RunningProcess(this, proc.resolve(Long.toString(pid)));
    }

    /** All processes in the order of the kernel. What is known of each is read when it is asked for. */
    public List<RunningProcess> all() throws IOException {
        var found = new ArrayList<RunningProcess>();
        try (var entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            entries.forEach(entry -> found.add(new RunningProcess(this, entry)));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }
}
