package io.halcyon.notify.exec;

import io.halcyon.testkit.Await;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Scripts in a directory of the test, and what they left there. */
record Workshop(Path directory) {

    /** A shell script that has {@code $D}, the directory. */
    Path shell(String name, String body) throws IOException {
        return program(name, "#!/bin/sh\nD=" + directory + "\n" + body + "\n");
    }

    Path program(String name, String text) throws IOException {
        var file = directory.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /** A script that writes its name and its arguments to the file {@code calls}. */
    Path witness(String name) throws IOException {
        return shell(name, "echo " + name + " \"$#:$*\" >> $D/calls");
    }

    List<String> calls() throws IOException {
        return lines("calls");
    }

    List<String> lines(String file) throws IOException {
        var path = directory.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    /** The number that a script wrote into a file; waits for its line to be complete. */
    long number(String file) throws Exception {
        var path = directory.resolve(file);
        Await.until(
                file + " is written",
                () -> Files.exists(path) && Files.readString(path).endsWith("\n"));
        return Long.parseLong(Files.readString(path).strip());
    }

    ExecNotifier notifier(Map<String, Object> keys) {
        return (ExecNotifier) new ExecNotifierFactory().create("ops", Keys.of(ExecKeys.class, keys));
    }
}
