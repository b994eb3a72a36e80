package io.halcyon.itests.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A virtual machine with Debian's own kernel, over this machine's files; {@code itests/lab/src/main/sh/vm} says the rest. It
 * has what this machine's kernel may lack, such as IPVS, and is 4 to 17 times slower.
 */
public final class VirtualMachine {

    /** What a command that was not done in time ends with. */
    public static final int NOT_IN_TIME = 124;

    /** What a machine that cannot be started ends with. */
    public static final int NOT_STARTED = 125;

    private VirtualMachine() {}

    /**
     * Runs a command as root in a machine of its own and returns its exit code, or one of those above.
     *
     * @param limit for the boot, the command and its repetition after a crash
     * @param writable the directory where what the command writes stays
     * @param line gets what it prints, standard error included
     */
    public static int run(Duration limit, Path writable, Consumer<String> line, List<String> command) {
        List<String> whole = new ArrayList<>(List.of(
                Distribution.root().resolve("itests/lab/src/main/sh/vm").toString(),
                "-t",
                Long.toString(limit.toSeconds()),
                "-w",
                writable.toString()));
        whole.addAll(command);
        try {
            var process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            try (var output = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
                output.lines().forEach(line);
            }
            return process.waitFor();
        } catch (IOException e) {
            throw new LabException("the virtual machine", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    /**
     * The command line of a Java program, with options that suit emulation.
     *
     * @param writable where a crash leaves its report
     */
    public static List<String> java(Path writable, String classPath, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + writable.resolve("hs_err_%p.log"),
                "-Dhalcyon.root=" + Distribution.root(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(arguments);
        return command;
    }
}
