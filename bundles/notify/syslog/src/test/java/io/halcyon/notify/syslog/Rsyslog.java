package io.halcyon.notify.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.halcyon.testkit.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The distribution's rsyslog with all its files in a directory; it writes each field of a message as it has read it. */
final class Rsyslog implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 30;

    private static final String FIELDS =
            """
            template(name="fields" type="list" option.jsonf="on") {
              property(outname="pri" name="pri" format="jsonf")
              property(outname="version" name="protocol-version" format="jsonf")
              property(outname="time" name="timereported" dateFormat="rfc3339" format="jsonf")
              property(outname="host" name="hostname" format="jsonf")
              property(outname="app" name="app-name" format="jsonf")
              property(outname="pid" name="procid" format="jsonf")
              property(outname="id" name="msgid" format="jsonf")
              property(outname="structured" name="structured-data" format="jsonf")
              property(outname="text" name="msg" format="jsonf")
            }
            """;

    private final Path directory;
    private final String inputs;
    private @Nullable Process process;

    /**
     * @param inputs modules and inputs in its own language
     */
    Rsyslog(Path directory, String inputs) {
        this.directory = directory;
        this.inputs = inputs;
    }

    /** Starts it; whoever calls finds out by himself when it listens. */
    Rsyslog start() throws IOException {
        var configuration = directory.resolve("rsyslog.conf");
        Files.writeString(
                configuration,
                "global(workDirectory=\"" + directory + "\" net.enableDNS=\"off\")\n" + inputs + FIELDS
                        + "action(type=\"omfile\" file=\"" + output() + "\" template=\"fields\")\n");
        process = new ProcessBuilder(
                        "rsyslogd",
                        "-n",
                        "-f",
                        configuration.toString(),
                        "-i",
                        directory.resolve("pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("rsyslog.log").toFile())
                .start();
        return this;
    }

    /** It stays, but reads nothing more. */
    void freeze() {
        Command.run(
                "kill", "-STOP", String.valueOf(Objects.requireNonNull(process).pid()));
    }

    /** As the kernel does it. */
    void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** Waits for so many messages, and returns all. */
    List<JsonNode> messages(int count) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            var lines = lines();
            if (lines.size() >= count) {
                var messages = new ArrayList<JsonNode>();
                for (var line : lines) {
                    messages.add(JSON.readTree(line));
                }
                return messages;
            }
            assertThat(System.nanoTime())
                    .as("%s of %s messages came: %s", lines.size(), count, log())
                    .isLessThan(deadline);
            // A file that grows tells nobody.
            Thread.sleep(50);
        }
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("rsyslog.log"));
    }

    private Path output() {
        return directory.resolve("messages");
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(output())) {
            return List.of();
        }
        var text = Files.readString(output(), StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
