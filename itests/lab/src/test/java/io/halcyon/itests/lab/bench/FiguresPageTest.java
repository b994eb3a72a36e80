package io.halcyon.itests.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresPageTest {

    @Test
    void anEmptyPageGetsWhatRan() {
        assertThat(FiguresPage.updated("", "Measured today.", List.of(section("jitter", 1))))
                .startsWith("# Figures\n")
                .contains(
                        "\n## jitter\n\nMeasured today.\n\n| name |",
                        "| row | ms | 1 | 2 | 0.5 | 10 |  |\n\n- a note\n");
    }

    @Test
    void onlyTheSectionsThatRanAreWrittenAnew() {
        var before =
                FiguresPage.updated("", "Measured yesterday.", List.of(section("failover", 1), section("jitter", 3)));
        var page = before + "\n## soak\n\nBy hand.\n";

        var after = FiguresPage.updated(page, "Measured today.", List.of(section("jitter", 4)));

        assertThat(after.lines().filter(line -> line.startsWith("## ")))
                .containsExactly("## failover", "## jitter", "## soak");
        assertThat(after)
                .contains("## failover\n\nMeasured yesterday.", "| 1 | 2 |")
                .contains("## jitter\n\nMeasured today.", "| 4 | 2 |")
                .doesNotContain("| 3 | 2 |")
                .endsWith("\n## soak\n\nBy hand.\n");
    }

    @Test
    void writingTheSameAgainChangesNothing() {
        var sections = List.of(section("failover", 1), section("jitter", 3));
        var page = FiguresPage.updated("", "Measured today.", sections);

        assertThat(FiguresPage.updated(page, "Measured today.", sections)).isEqualTo(page);
    }

    private static Section section(String name, double value) {
        return new Section(name, List.of(new Figure("row", "ms", value, 2, 10, Target.NONE)), List.of("a note"));
    }
}
