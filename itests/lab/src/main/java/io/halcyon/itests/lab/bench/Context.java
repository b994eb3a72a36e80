package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What a reader must know to compare figures, and nothing that names the machine. */
final class Context {

    private Context() {}

    static String now() {
        return "Measured %s: %s and keepalived %s on %d processors, Linux %s, JDK %s."
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Distribution.archive().getFileName().toString().replaceFirst("\\.tar\\.gz$", ""),
                        keepalivedVersion(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.version"),
                        Runtime.version().toString().replaceFirst("\\+.*", ""));
    }

    private static String keepalivedVersion() {
        return output("dpkg-query", "-W", "-f", "${Version}", "keepalived").strip();
    }

    /** What a command of this machine prints. */
    static String output(String... command) {
        try {
            var process = new ProcessBuilder(command).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new LabException("failed: " + List.of(command));
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }
}
