package io.halcyon.check.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.linux.NetworkNamespace;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With real processes: copies of {@code sleep} under names that nobody else has. */
class ProcessCheckTest extends HealthCheckContract<ProcessKeys> {

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path directory;

    private final String name = "hc" + ProcessHandle.current().pid();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    protected HealthCheckFactory<ProcessKeys> factory() {
        return new ProcessCheckFactory();
    }

    @Override
    protected Map<String, Object> working() {
        return Map.of("process", "java");
    }

    @Override
    protected Map<String, Object> failing() {
        return Map.of("process", "no-such-one");
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of();
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("process", "java", "quorum", 3, "quorum.max", 2);
    }

    @Test
    void aProcessIsFoundByItsNameAndMissedWhenItIsGone() throws Exception {
        var process = start(name, "600");
        var check = check("process", name);

        var alive = check.look(5_000);
        assertThat(alive.health()).isEqualTo(Health.UP);
        assertThat(alive.reason()).isEqualTo("1 process " + name + " runs");
        assertThat(alive.details()).containsEntry("pids", "" + process.pid());
        process.destroyForcibly().waitFor();
        var gone = check.look(5_000);
        assertThat(gone.health()).isEqualTo(Health.DOWN);
        assertThat(gone.reason()).isEqualTo("no process " + name + " runs, quorum is 1");
    }

    @Test
    void quorumAndGreatestNumberAreLimits() throws Exception {
        start(name, "600");
        start(name, "601");

        assertThat(look("process", name, "quorum", 2).health()).isEqualTo(Health.UP);
        assertThat(look("process", name, "quorum", 3).reason()).isEqualTo("2 processes " + name + " run, quorum is 3");
        assertThat(look("process", name, "quorum.max", 1).reason())
                .isEqualTo("2 processes " + name + " run, quorum is 1, quorum.max is 1");
        assertThat(look("process", name, "quorum.max", 0).health()).isEqualTo(Health.DOWN);
        assertThat(look("process", "no-such-one", "quorum.max", 0).health()).isEqualTo(Health.UP);
    }

    @ParameterizedTest
    @CsvSource({
        "NAME 600 0, '', UP",
        "NAME 600, '', DOWN",
        "NAME 600, partial, UP",
        "NAME 60, partial, DOWN",
        "NAME 60, initial, UP",
        "NAME 600 0, initial, UP",
        "NAME 600 0 1, initial, DOWN",
        "NAME 600 0 1, partial, DOWN",
        "NAME 6 0, initial, DOWN",
        "NAME, '', UP",
        "NAME, exact, DOWN",
        "NAME, partial, UP",
        "PATH 600 0, '', UP",
        "/bin/NAME 600 0, '', DOWN"
    })
    void parametersAreComparedAsKeepalivedDoes(String process, String match, Health health) throws Exception {
        var file = start(name, "600", "0").info().command().orElseThrow();
        var text = process.replace("PATH", file).replace("NAME", name);

        assertThat(look("process", text, "param.match", match).health()).isEqualTo(health);
    }

    @Test
    void theFullCommandIsThePathOrItsLastPart() throws Exception {
        var file = start(name, "600").info().command().orElseThrow();

        assertThat(look("process", file, "full.command", true).health()).isEqualTo(Health.UP);
        assertThat(look("process", name, "full.command", true).health()).isEqualTo(Health.UP);
        assertThat(look("process", "/usr/bin/" + name, "full.command", true).health())
                .isEqualTo(Health.DOWN);
    }

    @Test
    void aLongNameIsCompletedFromTheCommand() throws Exception {
        start(name + "-a-very-long-name", "600");

        assertThat(look("process", name + "-a-very-long-name").health()).isEqualTo(Health.UP);
        assertThat(look("process", name + "-a-very-long-tail").health()).isEqualTo(Health.DOWN);
    }

    @Test
    void aScriptIsFoundByItsOwnName() throws Exception {
        var script = Files.writeString(directory.resolve(name), "#!/bin/sh\nread -r x\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        started.add(new ProcessBuilder(script.toString()).start());

        assertThat(look("process", name).health()).isEqualTo(Health.UP);
    }

    @Test
    @Tag("lab")
    void aProcessOfAnotherNetworkNamespaceDoesNotCountUnlessAsked() throws Exception {
        start(name, "600");

        assertThat(lookFromElsewhere("own").health()).isEqualTo(Health.DOWN);
        assertThat(lookFromElsewhere("any").health()).isEqualTo(Health.UP);
    }

    private CheckResult lookFromElsewhere(String network) throws Exception {
        var result = new CompletableFuture<CheckResult>();
        var thread = new Thread(() -> {
            try (var stay = NetworkNamespace.enterNew()) {
                assertThat(stay).isNotNull();
                result.complete(look("process", name, "network", network));
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        thread.join();
        return result.get();
    }

    @Test
    void aChangeThatHasNotLastedKeepsTheVerdict() throws Exception {
        var process = start(name, "600");
        var check = check("process", name, "terminate.delay", 3_600.0);
        assertThat(check.look(5_000).health()).isEqualTo(Health.UP);
        process.destroyForcibly().waitFor();

        var held = check.look(5_000);
        assertThat(held.hold()).isTrue();
        assertThat(held.reason()).isEqualTo("no process " + name + " runs, which has not lasted long enough yet");
    }

    @Test
    void aChangeCountsWhenItHasLasted() {
        var settling = new Settling(2 * SECOND, SECOND);
        assertThat(settling.counts(false, 0)).as("the first").isTrue();
        assertThat(settling.counts(true, 10 * SECOND)).isFalse();
        assertThat(settling.counts(true, 11 * SECOND)).isFalse();
        assertThat(settling.counts(false, 12 * SECOND)).as("back").isTrue();
        assertThat(settling.counts(true, 13 * SECOND)).as("begins anew").isFalse();
        assertThat(settling.counts(true, 15 * SECOND)).isTrue();
        assertThat(settling.counts(false, 16 * SECOND)).isFalse();
        assertThat(settling.counts(false, 17 * SECOND)).as("the other delay").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "process, '', a name or a command (the command is empty)",
        "process, 'a ''b', a name or a command (the quote ' is not closed in: a 'b)",
        "process, /usr/sbin/nginx, 'a name without /, or a path with full.command = yes'",
        "param.match, first, 'exact, partial, initial or nothing'"
    })
    void senselessValuesAreRefused(String key, String value, String allowed) {
        var keys = new HashMap<String, Object>(Map.of("process", "a"));
        keys.put(key, value);

        assertThatThrownBy(() -> factory().create("t", Keys.of(ProcessKeys.class, keys)))
                .hasMessage(key + " = " + value + " is refused: allowed is " + allowed);
    }

    /** It runs when this returns: the new name is there after exec. */
    private Process start(String file, String... arguments) throws IOException {
        var copy = directory.resolve(file);
        if (!Files.exists(copy)) {
            Files.copy(Path.of("/bin/sleep"), copy);
        }
        var command = new ArrayList<String>(List.of(copy.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private CheckResult look(Object... keysAndValues) throws InterruptedException {
        return check(keysAndValues).look(5_000);
    }

    private BlockingCheck check(Object... keysAndValues) {
        var keys = new HashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return (BlockingCheck) factory().create("t", Keys.of(ProcessKeys.class, keys));
    }
}
