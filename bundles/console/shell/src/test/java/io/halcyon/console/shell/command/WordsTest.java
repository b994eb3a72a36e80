package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0,0s", "59,59s", "60,1m00s", "3599,59m59s", "3600,1h00m", "86399,23h59m", "90000,1d01h", "-5,0s"})
    void agesHaveTwoUnits(long seconds, String expected) {
        assertThat(Words.since(NOW.minusSeconds(seconds), NOW)).isEqualTo(expected);
    }

    @Test
    void neverIsADash() {
        assertThat(Words.since(null, NOW)).isEqualTo("-");
    }
}
