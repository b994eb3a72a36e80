package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.lvs.RealServerHold;
import io.halcyon.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldsTest {

    private static final Instant SINCE = Instant.parse("2026-11-28T07:00:00Z");
    private static final RealServerHold DRAINED =
            new RealServerHold(true, -1, "disk \\ is = full", SINCE, SINCE.plusSeconds(60), SINCE.plusSeconds(3600));
    private static final RealServerHold WEIGHED = new RealServerHold(false, 7, "", SINCE, null, null);

    @TempDir
    Path directory;

    @Test
    void whatWasDecidedSurvives() throws Exception {
        var holds = new Holds(directory);
        holds.set("web", "web1", DRAINED);
        holds.set("web", "web2", WEIGHED);
        holds.save("web");

        assertThat(new Holds(directory).find("web")).isEqualTo(Map.of("web1", DRAINED, "web2", WEIGHED));
        assertThat(new Holds(directory).find("mail")).isEmpty();
    }

    @Test
    void whatIsForgottenLeavesNoFile() throws Exception {
        var holds = new Holds(directory);
        holds.set("web", "web1", DRAINED);
        holds.save("web");
        holds.set("web", "web1", null);
        holds.save("web");

        assertThat(directory).isEmptyDirectory();
        assertThat(holds.find("web")).isEmpty();
    }

    @Test
    void itMovesWithTheName() throws Exception {
        var holds = new Holds(directory);
        holds.set("web", "web1", DRAINED);
        holds.save("web");
        holds.rename("web", "www");
        holds.save("web");
        holds.save("www");

        assertThat(new Holds(directory).find("www")).isEqualTo(Map.of("web1", DRAINED));
        assertThat(directory.resolve("lvs-web.cfg")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web1.draining = yes",
                "draining = yes",
                "web1.since = yesterday",
                "web1.since = 2026-11-28T07:00:00Z\nweb1.weight = heavy"
            })
    void aDamagedFileIsLeftOut(String text) throws Exception {
        Files.writeString(directory.resolve("lvs-web.cfg"), text);

        assertThat(new Holds(directory).find("web")).isEmpty();
    }

    @Test
    void aDiskThatHangsKeepsNobodyWaitingWhoDecides() throws Exception {
        var holds = new Holds(directory);
        holds.set("web", "web1", WEIGHED);
        var pipe = directory.resolve("lvs-web.cfg.draft");
        Command.run("mkfifo", pipe.toString());
        // Threads of their own: one that hangs in the JVM's pool may keep the other from beginning.
        Executor each = task -> new Thread(task).start();
        var saving = CompletableFuture.runAsync(() -> holds.saveOrWarn("web"), each);

        var deciding = CompletableFuture.supplyAsync(
                () -> {
                    holds.set("web", "web2", DRAINED);
                    return holds.find("web");
                },
                each);

        assertThat(deciding).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(Map.of("web1", WEIGHED, "web2", DRAINED));
        assertThat(saving).isNotDone();
        try (var reader = Files.newInputStream(pipe)) {
            reader.readAllBytes();
        }
        assertThat(saving).succeedsWithin(Duration.ofSeconds(5));
        Files.delete(pipe);
        holds.save("web");
        assertThat(new Holds(directory).find("web")).containsOnlyKeys("web1", "web2");
    }

    @Test
    void whatCannotBeSavedIsSaidAndTriedAgain() throws Exception {
        Files.writeString(directory.resolve("file"), "");
        var holds = new Holds(directory.resolve("file"));
        holds.set("web", "web1", WEIGHED);

        assertThatThrownBy(() -> holds.save("web")).isInstanceOf(IOException.class);
        Files.delete(directory.resolve("file"));
        holds.save("web");
        assertThat(new Holds(directory.resolve("file")).find("web")).isEqualTo(Map.of("web1", WEIGHED));
    }
}
