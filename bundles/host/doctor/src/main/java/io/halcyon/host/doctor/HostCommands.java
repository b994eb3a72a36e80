package io.halcyon.host.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs, all together for a limited time. One examination owns it. */
final class HostCommands implements Commands {

    /** Read whole into a small heap: a ruleset of some thousand rules. */
    private static final int MOST_BYTES = 512 * 1024;

    private static final List<String> PLACES =
            List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin");

    private final long endNanos;
    /** Several examinations ask the same, and one look is one moment. */
    private final Map<List<String>, String> printed = new HashMap<>();

    HostCommands(long millis) {
        endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public String run(List<String> words) throws IOException {
        String known = printed.get(words);
        if (known == null) {
            known = printedBy(words);
            printed.put(words, known);
        }
        return known;
    }

    private String printedBy(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(words);
        command.set(0, find(words.get(0)));
        // Files instead of pipes: nobody has to read while a program hangs.
        Path output = Files.createTempFile("doctor", ".out");
        Path errors = Files.createTempFile("doctor", ".err");
        try {
            int exit = run(command, output.toFile(), errors.toFile());
            if (exit != 0) {
                throw new IOException(String.join(" ", words) + " ended with " + exit + reason(errors));
            }
            if (Files.size(output) > MOST_BYTES) {
                throw new IOException(String.join(" ", words) + " prints " + Files.size(output)
                        + " bytes, more than the " + MOST_BYTES + " that are read here");
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private int run(List<String> command, File output, File errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output)
                .redirectError(errors);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            if (!process.waitFor(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new IOException(String.join(" ", command) + " took too long");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String find(String name) throws IOException {
        for (String place : PLACES) {
            if (Files.isExecutable(Path.of(place, name))) {
                return place + "/" + name;
            }
        }
        throw new IOException(name + " is not installed");
    }

    private static String reason(Path errors) throws IOException {
        String first = Files.readString(errors, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
        return first.isEmpty() ? "" : ": " + first;
    }
}
