package io.halcyon.check.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTextTest {

    @Test
    void plainTextIsItself() {
        assertThat(PercentText.decode("a + b")).isEqualTo("a + b".getBytes(StandardCharsets.UTF_8));
        assertThat(PercentText.decode("ü")).isEqualTo("ü".getBytes(StandardCharsets.UTF_8));
        assertThat(PercentText.decode("")).isEmpty();
    }

    @Test
    void percentIsOneByte() {
        assertThat(PercentText.decode("PING%0d%0A")).isEqualTo("PING\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(PercentText.decode("%00%ff%25")).containsExactly(0, 0xff, '%');
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "100%2", "%g0", "%0g", "%-1", "a%%b"})
    void everythingElseBehindAPercentSignIsRefused(String text) {
        assertThatThrownBy(() -> PercentText.decode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("%25 a percent sign");
    }
}
