package io.halcyon.check.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileCheckTest extends HealthCheckContract<FileKeys> {

    /** Of the kind that takes years: each repetition tries every way to divide the text between two others. */
    private static final String ENDLESS = "(.*a){30}b";

    @TempDir
    Path directory;

    @Override
    protected HealthCheckFactory<FileKeys> factory() {
        return new FileCheckFactory();
    }

    @Override
    protected Map<String, Object> working() throws IOException {
        return keys(file("hello"), "contains", "ell", "age.max", 60.0);
    }

    @Override
    protected Map<String, Object> failing() {
        return keys(directory.resolve("none"));
    }

    @Override
    protected Map<String, Object> hanging() throws IOException {
        return keys(file("a".repeat(60)), "regex", ENDLESS);
    }

    @Override
    protected Map<String, Object> senseless() {
        return keys(directory, "exists", "no", "dynamic", true);
    }

    @Test
    void aMissingFileIsDownUnlessItShallOrMayBeMissing() throws Exception {
        var none = directory.resolve("none");

        assertThat(look(keys(none)).reason()).isEqualTo(none + " does not exist");
        assertThat(look(keys(none, "exists", "no")).health()).isEqualTo(Health.UP);
        assertThat(look(keys(none, "exists", "any", "contains", "x")).health()).isEqualTo(Health.UP);
    }

    @Test
    void aFileThatIsThereIsUpUnlessItShallNotBe() throws Exception {
        assertThat(look(keys(directory)).health()).as("also a directory").isEqualTo(Health.UP);
        var result = look(keys(directory, "exists", "no"));
        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).isEqualTo(directory + " exists");
    }

    @Test
    void anOldFileIsDownAndAFutureOneIsYoung() throws Exception {
        var file = file("");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(100)));
        var old = look(keys(file, "age.max", 60.0));
        assertThat(old.health()).isEqualTo(Health.DOWN);
        assertThat(old.reason()).isEqualTo(file + " was last written more than 60.0 s ago (age.max)");
        assertThat(old.details().get("age")).matches("1\\d\\d\\.\\d s");

        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(100)));
        assertThat(look(keys(file, "age.max", 60.0)).health()).isEqualTo(Health.UP);
    }

    @Test
    void whatItSaysIsLookedAt() throws Exception {
        var file = file("first\nresult: ok\nlast\n");

        assertThat(look(keys(file, "contains", "result: no")).reason())
                .isEqualTo(file + " does not contain \"result: no\"");
        assertThat(look(keys(file, "regex", "^result: (ok|warning)$")).health()).isEqualTo(Health.UP);
        assertThat(look(keys(file, "regex", "^result$")).reason()).isEqualTo(file + " does not match ^result$");
        assertThat(look(keys(file, "regex", "last", "regex.no.match", true)).reason())
                .isEqualTo(file + " matches last");
    }

    @Test
    void bytesThatAreNoTextAreReadAllTheSame() throws Exception {
        var file = file("");
        Files.write(file, new byte[] {(byte) 0xff, 'o', 'k', (byte) 0xc3});

        assertThat(look(keys(file, "contains", "ok")).health()).isEqualTo(Health.UP);
    }

    @Test
    void moreThanTheLimitIsNeverRead() throws Exception {
        var file = file("0123456789");

        assertThat(look(keys(file, "contains", "9", "limit", 10)).health()).isEqualTo(Health.UP);
        assertThat(look(keys(file, "contains", "9", "limit", 9)).reason())
                .isEqualTo(file + " has more than 9 bytes (limit)");
        assertThat(look(keys(Path.of("/dev/zero"), "contains", "9")).reason())
                .isEqualTo("/dev/zero is not a regular file");
    }

    @Test
    void aPipeIsNotOpenedSoThatNobodyWaitsForItsWriter() throws Exception {
        var pipe = directory.resolve("pipe");
        Command.run("mkfifo", pipe.toString());

        assertThat(look(keys(pipe, "contains", "9")).reason()).isEqualTo(pipe + " is not a regular file");
    }

    @Test
    void aFileOfProcHasNoSizeButText() throws Exception {
        var status = Path.of("/proc/self/status");

        assertThat(look(keys(status, "regex", "^Name:\\s+java$")).health()).isEqualTo(Health.UP);
    }

    @Test
    void anExpressionThatTakesYearsIsDownAtTheTimeout() throws Exception {
        var result = check(keys(file("a".repeat(60)), "regex", ENDLESS)).look(100);

        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).startsWith("regex " + ENDLESS + " takes too long on ");
    }

    @ParameterizedTest
    @CsvSource({
        "7, 1, UP, 7",
        "-7, 1, DOWN, -7",
        "+7, -2, DOWN, -14",
        "0, 1, UP, 0",
        "300, 1, UP, 300",
        "1000, 65, UP, 65000",
        "-253, 1, DOWN, -253",
        "-254, 1, DOWN, -254",
        "-300, 100, DOWN, -30000",
        "0, 0, UP, 0",
        "5, 0, DOWN, 0",
        "2147483646, 1, UP, 2147483646",
        "2147483646, -1, DOWN, -2147483646",
        "2147483647, -1, DOWN, 0",
        "9999999999, 2147483647, UP, 2147483646",
        "9999999999, -2147483647, DOWN, 0"
    })
    void theNumberIsTheWeight(String text, int multiplier, Health health, int weight) throws Exception {
        var result = look(keys(file(text + "\n"), "dynamic", true, "multiplier", multiplier));

        assertThat(result.health()).as(result.reason()).isEqualTo(health);
        assertThat(result.weight()).isEqualTo(weight);
    }

    @Test
    void aNumberThatOnlyARouterTakesForAFaultSaysSo() throws Exception {
        var file = file("-254");

        assertThat(look(keys(file, "dynamic", true)).reason())
                .isEqualTo("the number is -254, weight -254, FAULT for a router");
        Files.writeString(file, "-253");
        assertThat(look(keys(file, "dynamic", true)).reason()).isEqualTo("the number is -253, weight -253");
        Files.writeString(file, "-2147483647");
        assertThat(look(keys(file, "dynamic", true)).reason())
                .isEqualTo("the number is -2147483647, weight -2147483647 means FAULT");
    }

    @Test
    void noNumberIsDownAndAMissingFileCountsAsZeroIfItMayBeMissing() throws Exception {
        var file = file("12 apples");
        assertThat(look(keys(file, "dynamic", true)).reason()).isEqualTo(file + " does not hold an integer");
        assertThat(look(keys(file, "dynamic", true)).weight()).isNull();
        Files.delete(file);
        assertThat(look(keys(file, "dynamic", true)).health()).isEqualTo(Health.DOWN);
        assertThat(look(keys(file, "dynamic", true, "exists", "any")).weight()).isZero();
    }

    @Test
    void anEmptyFileKeepsTheVerdictForOneLook() throws Exception {
        var file = file("");
        var check = check(keys(file, "dynamic", true));

        assertThat(check.look(1_000).hold()).isTrue();
        var second = check.look(1_000);
        assertThat(second.hold()).isFalse();
        assertThat(second.reason()).isEqualTo(file + " is empty");
        Files.writeString(file, "3");
        assertThat(check.look(1_000).weight()).isEqualTo(3);
        Files.writeString(file, "");
        assertThat(check.look(1_000).hold()).isTrue();
    }

    @Test
    void theInitialNumberIsWrittenOnceAndOnlyOverNothing() throws Exception {
        var file = directory.resolve("number");
        var check = check(keys(file, "dynamic", true, "init.file", "-20"));
        assertThat(check.look(1_000).weight()).isEqualTo(-20);
        Files.writeString(file, "5");
        assertThat(check.look(1_000).weight()).isEqualTo(5);
        Files.delete(file);
        assertThat(check.look(1_000).health()).isEqualTo(Health.DOWN);
        assertThat(file).doesNotExist();

        Files.writeString(file, "5");
        assertThat(look(keys(file, "dynamic", true, "init.file", "7")).weight()).isEqualTo(5);
        assertThat(look(keys(file, "dynamic", true, "init.file", "7", "init.file.overwrite", true))
                        .weight())
                .isEqualTo(7);
    }

    @Test
    void theInitialNumberIsNotWrittenThroughALink() throws Exception {
        var target = file("5");
        var link = Files.createSymbolicLink(directory.resolve("link"), target);

        var result = look(keys(link, "dynamic", true, "init.file", "7", "init.file.overwrite", true));

        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(target).hasContent("5");
    }

    @Test
    void whatCannotBeReadIsUnknown() throws Exception {
        var tooLong = directory.resolve("x".repeat(300));

        var result = look(keys(tooLong));

        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(result.reason()).isEqualTo(tooLong + " cannot be read: File name too long");
    }

    @Test
    void whatIsBelowAFileDoesNotExist() throws Exception {
        var below = file("x").resolve("below").resolve("deeper");

        var result = look(keys(below));

        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).isEqualTo(below + " does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative/path", "", "a\0b"})
    void anotherPathIsRefused(String path) {
        assertThatThrownBy(() -> check(Map.of("file", path)))
                .hasMessage("file = " + path + " is refused: allowed is an absolute path");
    }

    @Test
    void senselessValuesAreRefused() {
        assertThatThrownBy(() -> check(keys(directory, "regex", "(")))
                .hasMessage("regex = ( is refused: allowed is a Java regular expression (Unclosed group)");
        assertThatThrownBy(() -> check(keys(directory, "init.file", "1")))
                .hasMessage("init.file = 1 is refused: allowed is nothing without dynamic = yes");
        assertThatThrownBy(() -> check(keys(directory, "init.file", "one", "dynamic", true)))
                .hasMessage("init.file = one is refused: allowed is an integer");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "file", ""), text);
    }

    private static Map<String, Object> keys(Path file, Object... more) {
        var keys = new HashMap<String, Object>(Map.of("file", file.toString()));
        for (int i = 0; i < more.length; i += 2) {
            keys.put((String) more[i], more[i + 1]);
        }
        return keys;
    }

    private CheckResult look(Map<String, Object> keys) throws InterruptedException {
        return check(keys).look(5_000);
    }

    private BlockingCheck check(Map<String, Object> keys) {
        return (BlockingCheck) factory().create("t", Keys.of(FileKeys.class, keys));
    }
}
