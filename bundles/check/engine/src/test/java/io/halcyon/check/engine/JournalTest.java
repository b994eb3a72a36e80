package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.CheckHistory;
import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTest {

    private final Journal journal = new Journal();

    @ParameterizedTest(name = "{0} | {1}: {2}")
    @CsvSource({
        "timed out after 5 ms,      timed out after 1000 ms,    true",
        "timed out after 5 ms,      timed out after 5 s,        false",
        "HTTP 200,                  HTTP 500,                   true",
        "HTTP 200,                  HTTP,                       false",
        "7,                         12345,                      true",
        "a1b,                       a1b2,                       false",
        "a1,                        ab,                         false",
        "'',                        '',                         true",
        "'',                        1,                          false",
    })
    void reasonsAreAlikeIfOnlyNumbersDiffer(String one, String other, boolean alike) {
        assertThat(Reasons.alike(one, other)).isEqualTo(alike);
        assertThat(Reasons.alike(other, one)).isEqualTo(alike);
    }

    @Test
    void thePastIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            journal.result(
                    i % 2 == 0 ? CheckResult.up("x".repeat(10_000)) : CheckResult.down("broken"),
                    Health.UP,
                    Instant.ofEpochSecond(i));
        }

        assertThat(journal.history(1_000)).hasSize(Journal.ENTRIES);
        assertThat(journal.history(1_000))
                .extracting(CheckHistory::at)
                .startsWith(Instant.ofEpochSecond(980))
                .endsWith(Instant.ofEpochSecond(999));
        assertThat(journal.history(1_000))
                .allSatisfy(entry -> assertThat(entry.reason()).hasSizeLessThanOrEqualTo(Journal.REASON_LENGTH));
        assertThat(journal.history(2)).hasSize(2);
        assertThat(journal.history(0)).isEmpty();
    }

    @Test
    void aLongReasonThatDiffersInNumbersOnlyIsOneStretch() {
        for (int i = 0; i < 10; i++) {
            journal.result(CheckResult.down(i + "x".repeat(300)), Health.DOWN, Instant.ofEpochSecond(i));
        }

        assertThat(journal.history(20)).singleElement().satisfies(entry -> assertThat(entry.results())
                .isEqualTo(10));
    }

    @ParameterizedTest(name = "latencies 1 to {0} ms: p50 {1}, p99 {2}")
    @CsvSource({"1, 1, 1", "2, 1, 2", "10, 5, 10", "100, 50, 99", "150, 100, 149", "1000, 950, 999"})
    void latenciesAreThoseOfTheLastHundred(int count, double median, double high) {
        var latencies = new Latencies();
        assertThat(latencies.percentileMillis(50)).isEqualTo(-1);
        for (int i = 1; i <= count; i++) {
            latencies.add(Duration.ofMillis(i));
        }

        assertThat(latencies.percentileMillis(50)).isEqualTo(median);
        assertThat(latencies.percentileMillis(99)).isEqualTo(high);
    }

    @Test
    void aLatencyBelowAMillisecondIsToldAsOne() {
        var latencies = new Latencies();
        latencies.add(Duration.ofNanos(420_000));
        latencies.add(Duration.ofDays(365));

        assertThat(latencies.percentileMillis(50)).isEqualTo(0.42);
    }
}
