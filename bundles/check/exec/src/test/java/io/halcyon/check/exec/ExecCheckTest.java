package io.halcyon.check.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecCheckTest extends HealthCheckContract<ExecKeys> {

    @TempDir
    Path directory;

    @Override
    protected HealthCheckFactory<ExecKeys> factory() {
        return new ExecCheckFactory();
    }

    @Override
    protected Map<String, Object> working() throws IOException {
        return Map.of("script", script("date +%N"));
    }

    @Override
    protected Map<String, Object> failing() throws IOException {
        return Map.of("script", script("exit 1"));
    }

    @Override
    protected Map<String, Object> hanging() throws IOException {
        return Map.of("script", script("sleep 60"));
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("script", "/bin/sh 'not closed");
    }

    @Test
    void aFailureTellsTheExitStatusAndTheLastLine() throws Exception {
        var result = look(script("echo first; echo 'no answer from port 80'; exit 7"), 5_000);

        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).isEqualTo("exit status 7, it printed: no answer from port 80");
        assertThat(result.details())
                .containsEntry("output", "first\nno answer from port 80\n")
                .containsEntry("ending", "exit status 7");
        assertThat(result.latency()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"2,0", "3,1", "52,50", "255,253"})
    void aDynamicExitStatusIsAWeight(int status, int weight) throws Exception {
        var result = dynamic("echo busy; exit " + status).look(5_000);

        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.weight()).isEqualTo(weight);
        assertThat(result.reason()).isEqualTo("exit status " + status + ", which asks for weight " + weight);
        assertThat(result.details()).containsEntry("output", "busy\n");
    }

    @Test
    void aDynamicCheckLeavesTheWeightAtZeroAndFailsAtOne() throws Exception {
        assertThat(dynamic("exit 0").look(5_000))
                .matches(result -> result.health() == Health.UP && result.weight() == null);
        assertThat(dynamic("exit 1").look(5_000))
                .matches(result -> result.health() == Health.DOWN && result.weight() == null);
        assertThat(dynamic("kill -KILL $$").look(5_000).reason()).isEqualTo("signal 9 (KILL)");
        assertThat(dynamic("kill -KILL $$").look(5_000).health()).isEqualTo(Health.DOWN);
    }

    /** What a script says on being ended is not what it was asked for. */
    @Test
    void aDynamicCheckThatTimesOutIsDownWhateverItsExitStatus() throws Exception {
        var result =
                dynamic("trap 'exit 50' TERM; while :; do sleep 0.01; done").look(300);

        assertThat(result.health()).as(result.reason()).isEqualTo(Health.DOWN);
        assertThat(result.weight()).isNull();
        assertThat(result.reason()).startsWith("timed out after ");
    }

    @Test
    void withoutDynamicEveryOtherExitStatusIsDown() throws Exception {
        for (int status : new int[] {1, 2, 50, 255}) {
            var result = look(script("exit " + status), 5_000);
            assertThat(result.health()).isEqualTo(Health.DOWN);
            assertThat(result.weight()).isNull();
        }
    }

    @Test
    void aSignalIsNamed() throws Exception {
        assertThat(look(script("kill -KILL $$"), 5_000).reason()).isEqualTo("signal 9 (KILL)");
    }

    @Test
    void aHungScriptIsEndedAndWhatItSaidIsKept() throws Exception {
        var result = look(script("echo waiting for the database; sleep 60"), 300);

        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason())
                .startsWith("timed out after ")
                .endsWith(" ms, ended by TERM, it printed: waiting for the database");
    }

    @Test
    void aMissingScriptIsUnknownSoThatTheRouterWaits() throws Exception {
        var result = look(directory + "/none.sh", 5_000);

        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(result.reason()).isEqualTo("file missing: " + directory + "/none.sh");
    }

    @Test
    void aScriptThatAppearsIsRunWithoutAnybodysHelp() throws Exception {
        var file = directory.resolve("later.sh");
        var check = check(Map.of("script", file.toString()));
        assertThat(check.look(5_000).health()).isEqualTo(Health.UNKNOWN);
        Files.move(Path.of(script("exit 0")), file);

        assertThat(check.look(5_000).health()).isEqualTo(Health.UP);
    }

    @Test
    void aBrokenInterpreterIsUnknown() throws Exception {
        var file = Path.of(script(""));
        Files.writeString(file, "#!/no/such/interpreter\n");

        var result = look(file.toString(), 5_000);

        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(result.reason()).startsWith("the command could not be started: run " + file.toRealPath());
    }

    @Test
    void anUnknownUserIsRefusedByName() {
        assertThatThrownBy(() -> check(Map.of("script", "/bin/true", "user", "nobody-we-know")))
                .hasMessage("user = nobody-we-know is refused: allowed is 'user', 'user group' or 'user:group' (user"
                        + " nobody-we-know is not known on this machine)");
    }

    @Test
    @Tag("lab")
    void anUnsafeScriptIsNotRunAndTheReasonCuresIt() throws Exception {
        var file = Path.of(script("exit 0"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));

        var result = look(file.toString(), 5_000);

        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(result.reason())
                .isEqualTo("refused to run as root: " + file + " (owner root, mode 777) can be changed by others than"
                        + " root; cure: chmod go-w " + file);
    }

    @Test
    @Tag("lab")
    void anotherUserRunsIt() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var check = check(Map.of("script", script("id -un; exit 1"), "user", "nobody"));

        assertThat(check.look(5_000).reason()).isEqualTo("exit status 1, it printed: nobody");
    }

    private CheckResult look(String script, long timeoutMillis) throws InterruptedException {
        return check(Map.of("script", script)).look(timeoutMillis);
    }

    private BlockingCheck dynamic(String text) throws IOException {
        return check(Map.of("script", script(text), "misc.dynamic", true));
    }

    private BlockingCheck check(Map<String, Object> keys) {
        return (BlockingCheck) factory().create("t", Keys.of(ExecKeys.class, keys));
    }

    private String script(String text) throws IOException {
        var file = Files.createTempFile(directory, "script", ".sh");
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }
}
