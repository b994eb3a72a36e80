package io.halcyon.lvs.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of {@code policy} is a configuration and what follows from what happens.
 *
 * <p>A line {@code @SECONDS INPUT} is an input, lines {@code >} are all effects of it in their order, {@code =} is what the state says
 * afterwards, {@code ?} is when the virtual server wants to be woken. {@code #} says what is required.
 */
class PolicyCasesTest {

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(names).hasSizeGreaterThan(60);
            return names.stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatHappensHasTheseEffects(String name) throws IOException {
        List<String> expected = Files.readAllLines(folder().resolve(name));

        List<String> happened = play(expected);

        assertThat(expected.get(0)).startsWith("# ");
        assertThat(String.join("\n", happened)).isEqualTo(String.join("\n", expected));
    }

    /** The same file with what really happened in place of what was expected. */
    private static List<String> play(List<String> lines) {
        Play play = new Play();
        List<String> happened = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("@")) {
                happened.add(line);
                play.step(line).forEach(effect -> happened.add("> " + effect));
            } else if (line.startsWith("= ")) {
                happened.add("= " + play.states());
            } else if (line.startsWith("? ")) {
                happened.add("? " + deadline(play));
            } else if (!line.startsWith("> ")) {
                happened.add(line);
                if (!line.isBlank() && !line.startsWith("#")) {
                    play.set(line);
                }
            }
        }
        return happened;
    }

    private static String deadline(Play play) {
        long nanos = play.server().deadlineNanos();
        return nanos == Long.MAX_VALUE ? "never" : String.valueOf(nanos / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private static Path folder() {
        URL url = Objects.requireNonNull(PolicyCasesTest.class.getResource("/policy"));
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
