package io.halcyon.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a JVM of its own, which tells what it loads. */
@Timeout(60)
class LineAloneTest {

    /** What that JVM runs. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            var event = new Event.NodeStart("node-a", "first start", true);
            var record = new EventRecord(1, Instant.EPOCH, 1, "node-a", List.of(), event);
            System.out.println(arguments.length == 0 ? Json.line(record) : Json.write(record));
        }
    }

    @Test
    void aLineIsWrittenWithoutJackson() throws Exception {
        assertThat(loadedBy()).contains("node-start").doesNotContain("jackson.databind.", "jackson.core.json.");
    }

    @Test
    void theTestWouldSeeJackson() throws Exception {
        assertThat(loadedBy("write")).contains("node-start", "jackson.databind.", "jackson.core.json.");
    }

    private static String loadedBy(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
