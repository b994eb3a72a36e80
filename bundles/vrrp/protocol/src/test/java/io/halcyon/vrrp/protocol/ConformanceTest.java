package io.halcyon.vrrp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays every case under {@code src/test/resources/conformance}. */
class ConformanceTest {

    static List<Path> cases() throws IOException, URISyntaxException {
        Path root = Path.of(Objects.requireNonNull(ConformanceTest.class.getResource("/conformance"))
                .toURI());
        try (Stream<Path> directories = Files.list(root)) {
            return directories.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void thereAreCases() throws IOException, URISyntaxException {
        assertThat(cases()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theRouterDoesWhatTheCaseSays(Path directory) throws IOException {
        assertThat(Scenario.play(directory)).isEqualTo(Scenario.lines(directory.resolve("effects.txt")));
    }

    /** A sentence of an RFC by its section, or our own demand or keepalived's habit where the RFCs say nothing. */
    @ParameterizedTest
    @MethodSource("cases")
    void theFirstLineSaysWhoDemandsIt(Path directory) throws IOException {
        assertThat(Files.readAllLines(directory.resolve("README")).get(0))
                .matches("(RFC (2338|3768|9568) section \\d+(\\.\\d+)+|Halcyon|keepalived): \\S.{10,}");
    }
}
