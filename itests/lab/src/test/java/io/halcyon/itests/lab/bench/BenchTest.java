package io.halcyon.itests.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.LabException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program without a laboratory: what is measured is made up. */
class BenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void aMissedTargetCountsOnlyWhenAskedFor() {
        assertThat(run(measured(6), "failover")).isEqualTo(Bench.MET);
        assertThat(run(measured(6), "failover", "--check")).isEqualTo(Bench.MISSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("missed: row of failover: 6 ms, target <= 5");
    }

    @Test
    void metTargetsAreNoError() {
        assertThat(run(measured(5), "all", "--check")).isEqualTo(Bench.MET);
    }

    @Test
    void aMissInAnyPartCounts() {
        BiFunction<Part, Progress, Section> onlyJitterMisses =
                (part, progress) -> section(part, part == Part.JITTER ? 6 : 1);

        assertThat(run(onlyJitterMisses, "all", "--check")).isEqualTo(Bench.MISSED);
    }

    @Test
    void theScriptTakesEachPartByItsName() throws IOException {
        String names = Arrays.stream(Part.values()).map(Part::title).collect(Collectors.joining(" | "));

        assertThat(Files.readString(Distribution.root().resolve("bench"))).contains(names + " | all)");
    }

    @Test
    void allMeansEachPartOnceAndEachIsWritten() throws IOException {
        run(measured(1), "all");

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1 + Part.values().length);
        assertThat(Files.readAllLines(page()))
                .contains(
                        "## failover",
                        "## overlap",
                        "## addresses",
                        "## jitter",
                        "## footprint",
                        "## checks",
                        "## lvs",
                        "Measured in a test.");
    }

    @Test
    void aNamedPartLeavesTheOthersAlone() throws IOException {
        run(measured(1), "all");
        run(measured(3), "jitter");

        assertThat(Files.readString(page())).containsOnlyOnce("| 3 |").contains("row of failover | ms | 1 |");
    }

    @Test
    void withJsonNothingElseIsOnStandardOutput() {
        run(measured(1), "failover", "-o", "json");

        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("[").endsWith("]\n");
    }

    @Test
    void aLaboratoryThatFailsIsNoMissedTarget() {
        int code = run(
                (part, progress) -> {
                    throw new LabException("no namespaces here");
                },
                "failover",
                "--check");

        assertThat(code).isEqualTo(Bench.BROKEN);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no namespaces here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fail", "failover jitter", "failover -o", "failover -o yaml", "-o json", "failover --chec"})
    void wrongUseMeasuresNothing(String line) {
        BiFunction<Part, Progress, Section> never = (part, progress) -> {
            throw new AssertionError("measured");
        };

        assertThat(run(never, line.isEmpty() ? new String[0] : line.split(" ", -1)))
                .isEqualTo(Bench.WRONG_USE);
    }

    private static BiFunction<Part, Progress, Section> measured(double value) {
        return (part, progress) -> section(part, value);
    }

    private static Section section(Part part, double value) {
        var figure = new Figure("row of " + part.title(), "ms", value, 10, 10, Target.atMost(5));
        return new Section(part.title(), List.of(figure), List.of());
    }

    private Path page() {
        return directory.resolve("figures.md");
    }

    private int run(BiFunction<Part, Progress, Section> measurement, String... arguments) {
        return new Bench(page(), () -> "Measured in a test.", printer(out), printer(err), measurement)
                .run(List.of(arguments));
    }

    private static PrintStream printer(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }
}
