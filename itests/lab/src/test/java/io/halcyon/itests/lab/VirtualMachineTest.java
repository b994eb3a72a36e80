package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Tag("lab")
@Isolated
class VirtualMachineTest {

    private final List<String> output = new ArrayList<>();

    @TempDir
    private Path directory;

    @TempDir
    private Path other;

    @Test
    void aCrashIsRepeatedOnceAndOnlyWhatWasAskedForStays() {
        int exit = run(
                Duration.ofMinutes(3),
                """
                touch %1$s/lost
                echo "root is $(id -u)"; echo "kernel $(uname -r)" >&2
                ls %1$s %2$s
                [ -e %2$s/crashed ] && exit 7
                touch %2$s/crashed
                kill -ABRT $$
                """
                        .formatted(other, directory));

        assertThat(exit).as(String.join("\n", output)).isEqualTo(7);
        assertThat(output).contains("root is 0").containsOnlyOnce("crashed");
        assertThat(output.stream().filter(line -> line.matches("kernel .*-amd64")))
                .hasSize(2);
        assertThat(output).anyMatch(line -> line.startsWith("vm: the command crashed (134)"));
        assertThat(directory.resolve("crashed")).exists();
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void theTimeIsBounded() {
        long start = System.nanoTime();

        int exit = run(Duration.ofSeconds(1), "sleep 100");

        assertThat(exit).isEqualTo(VirtualMachine.NOT_IN_TIME);
        assertThat(output).anyMatch(line -> line.contains("had not started after 1 s"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        int exit =
                VirtualMachine.run(Duration.ofSeconds(10), directory.resolve("missing"), output::add, List.of("true"));

        assertThat(exit).isEqualTo(VirtualMachine.NOT_STARTED);
        assertThat(output).containsExactly("vm: there is no directory " + directory.resolve("missing"));
    }

    private int run(Duration limit, String script) {
        return VirtualMachine.run(limit, directory, output::add, List.of(script));
    }
}
