package io.halcyon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chk_http",
                "web/[192.0.2.1]:tcp:80/http",
                "web/a%2Fb",
                "..",
                "100%",
                "%",
                "a%zz",
                "\u00fc/\n\0",
                "",
            })
    void aNameComesBackAsItWas(String name) {
        assertThat(FileNames.nameIn(FileNames.of(name))).isEqualTo(name);
        assertThat(FileNames.of(name)).doesNotContain("/").doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void differentNamesHaveDifferentFilesAndPlainOnesAreTheirOwn() {
        assertThat(Set.of(FileNames.of("a/b"), FileNames.of("a%2Fb"), FileNames.of("a%b"), FileNames.of("ab")))
                .hasSize(4)
                .contains("ab", "a%2Fb");
    }

    @Test
    void whatSomebodyElseWroteStandsForItself() {
        assertThat(FileNames.nameIn("a%b")).isEqualTo("a%b");
        assertThat(FileNames.nameIn("a%2")).isEqualTo("a%2");
        assertThat(FileNames.nameIn("a%2fb")).isEqualTo("a/b");
    }
}
