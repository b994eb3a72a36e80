package io.halcyon.itests.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the container that a test runs in has logged. */
final class Errors {

    private Errors() {}

    static List<String> logged() {
        return lines().stream().filter(line -> line.contains(" ERROR ")).toList();
    }

    static List<String> lines() {
        try {
            return Files.readAllLines(Path.of(System.getProperty("karaf.log"), "halcyon.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
