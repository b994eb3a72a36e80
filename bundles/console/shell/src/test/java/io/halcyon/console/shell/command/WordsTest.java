package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource({"30s,30", "10m,600", "2h,7200", "1d,86400", "999999s,999999"})
    void aDurationHasAUnit(String text, long seconds) {
        assertThat(Words.duration("--for", text)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "m", "-5m", "1.5h", "10 m", "10M", "1234567s", "5m30s"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Words.duration("--for", text)).hasMessageStartingWith("--for " + text + " is refused");
    }

    @ParameterizedTest
    @CsvSource({"0,0.00", "0.421,0.42", "3.14,3.1", "12.3,12", "1234,1234"})
    void aNumberIsAsLongAsItIsWorthReading(double number, String expected) {
        assertThat(Words.decimals(number)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0.421,0.42",
        "4.21,4.2",
        "999.4,999",
        "1000,1.0k",
        "1234,1.2k",
        "81920,82k",
        "34e6,34M",
        "9e15,9.0P"
    })
    void aRateHasTheUnitThatFits(double number, String expected) {
        assertThat(Words.amount(number)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "999,999", "1000,1.0k", "9223372036854775807,9.2E"})
    void whatIsCountedHasNoDecimalsWhileItIsSmall(long number, String expected) {
        assertThat(Words.amount(number)).isEqualTo(expected);
    }
}
