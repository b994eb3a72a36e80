package io.halcyon.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the container that a test runs in has logged. */
final class Errors {

    private Errors() {}

    static List<String> logged() throws IOException {
        try (var lines = Files.lines(Path.of(System.getProperty("karaf.log"), "halcyon.log"))) {
            return lines.filter(line -> line.contains(" ERROR ")).toList();
        }
    }
}
