package io.halcyon.check.tlscertificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DaysTest {

    @Test
    void aDayMayHaveDecimals() {
        assertThat(Days.of(14)).isEqualTo(Duration.ofDays(14));
        assertThat(Days.of(0.5)).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void isShownInTenthsRoundedDown() {
        assertThat(Days.text(Duration.ofDays(10))).isEqualTo("10");
        assertThat(Days.text(Duration.ofDays(14).minusSeconds(1))).isEqualTo("13.9");
        assertThat(Days.text(Duration.ofSeconds(-1))).isEqualTo("-0.1");
        assertThat(Days.text(Duration.ofDays(0))).isEqualTo("0");
    }
}
