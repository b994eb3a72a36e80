package io.halcyon.vrrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {

    @TempDir
    Path directory;

    @Test
    void aSavedOverrideIsThereAfterARestart() throws IOException {
        new Overrides(directory.resolve("overrides")).save("VI_1", 120);

        assertThat(new Overrides(directory.resolve("overrides")).priority("VI_1"))
                .isEqualTo(120);
    }

    @Test
    void withoutOneItIsZero() throws IOException {
        assertThat(new Overrides(directory).priority("VI_1")).isZero();
    }

    @Test
    void zeroForgetsIt() throws IOException {
        Overrides overrides = new Overrides(directory);
        overrides.save("VI_1", 120);

        overrides.save("VI_1", 0);

        assertThat(overrides.priority("VI_1")).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSpoiltFileIsNamed() throws IOException {
        Files.writeString(directory.resolve("vrrp-VI_1.cfg"), "priority = high\n");

        assertThatThrownBy(() -> new Overrides(directory).priority("VI_1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("vrrp-VI_1.cfg");
    }
}
