package io.halcyon.itests.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs root. */
@Tag("lab")
class HostTest {

    @TempDir
    Path directory;

    @Test
    void whatWasFrozenWhenItsHostEndedEndsToo() {
        HostProcess process;
        Path program;
        try (var host = Host.start("h1", "frozen")) {
            process = host.launch(Map.of(), directory.resolve("log"), List.of("sleep", "60"));
            program = Path.of("/proc/" + process.pid());
            var nsenter = ProcessHandle.of(process.pid())
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow()
                    .pid();
            process.freeze();
            Await.until("nsenter to stand still", Duration.ofSeconds(10), () -> stat(nsenter)
                    .contains(") T "));
        }

        Await.until("the end of the program", Duration.ofSeconds(10), () -> !process.alive());
        Await.until("nothing left of it", Duration.ofSeconds(10), () -> !Files.exists(program));
    }

    private static String stat(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
